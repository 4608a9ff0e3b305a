// Expressions for the comparison: drawn at random by type from a seed, a few of them
// made invalid, and some written by hand for cases that chance does not reach.

const properties = [
  { n: 3, m: -2.5, s: 'Río', t: 'abc,d', b: true, c: '#1b7837', a: [1, 2, 3], w: ['x', 'y'], o: { k: 7 }, z: null },
  { n: 0, m: 1e6, s: '', t: 'ÑANDÚ', b: false, c: 'no es', a: [], w: ['y'], o: {}, z: null },
  { n: '7', m: 12.75, s: 'b', t: 'a-b-c', b: 1, c: 'rgba(10, 20, 30, 0.5)', a: ['x'], w: 'y', o: [1], extra: 1 },
  {},
];
export const features = properties.map((properties, i) => ({
  id: [5, 'cinco', undefined, 0][i], properties,
  geometry: { type: ['Point', 'LineString', 'Polygon', 'Point'][i], coordinates: [] },
}));
export const zooms = [0, 6.5, 12, 22];

// mulberry32: the same sequence everywhere.
export function random(seed) {
  return () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function generator(draw) {
  const pick = (list) => list[Math.floor(draw() * list.length)];
  const many = (n, fn) => Array.from({ length: n }, fn);
  const kinds = ['number', 'string', 'boolean', 'color', 'numbers', 'strings', 'any'];
  const numbers = [0, 1, -1, 2, 0.5, -3.25, 10, 100, 1e21, 1e-7, 255];
  const strings = ['', 'a', 'b', 'Río', 'ÑANDÚ', 'ß', '12', '1e3', ' 4 ', '#abc', 'red', 'x,y', 'hsl(120, 50%, 50%)'];
  const leaf = {
    number: () => pick([() => pick(numbers), () => ['get', pick(['n', 'm', 'n', 'm', 's', 'z', 'extra'])],
      () => ['number', ['get', pick(['n', 'm', 's'])], pick(numbers)], () => [pick(['pi', 'e', 'ln2'])]])(),
    string: () => pick([() => pick(strings), () => ['get', pick(['s', 't', 's', 'n', 'c'])], () => ['geometry-type'],
      () => ['string', ['get', pick(['s', 't', 'n'])], pick(strings)]])(),
    boolean: () => pick([() => draw() < 0.5, () => ['get', pick(['b', 'b', 's', 'n'])], () => ['has', pick(['n', 'extra', 'z'])]])(),
    color: () => pick([() => pick(['red', '#abc', '#11223344', 'rgba(1,2,3,0.4)', 'hsl(200,40%,60%)', 'azul']), () => ['get', 'c'],
      () => ['to-color', ['get', 'c'], pick(['lime', '#123'])], () => ['rgb', pick(numbers), 20, 30], () => ['rgba', 200, 20, pick([0, 255, 300]), pick([0, 0.25, 1, 2])]])(),
    numbers: () => pick([() => ['literal', many(Math.floor(draw() * 4), () => pick(numbers))], () => ['get', 'a'], () => ['array', 'number', ['get', 'a']]])(),
    strings: () => pick([() => ['literal', many(Math.floor(draw() * 4), () => pick(strings))], () => ['array', 'string', ['get', 'w']]])(),
    any: () => pick([() => ['get', pick(['n', 's', 'b', 'a', 'o', 'z', 'none'])], () => null, () => ['literal', { k: 1 }], () => ['id'], () => ['properties']])(),
  };
  function branch(kind, depth) {
    const down = (other) => make(other, depth - 1);
    return pick([
      () => ['case', ...many(1 + Math.floor(draw() * 2), () => [down('boolean'), down(kind)]).flat(), down(kind)],
      () => (draw() < 0.5
        ? ['match', down('number'), pick([0, 3, [1, 2]]), down(kind), 7, down(kind), down(kind)]
        : ['match', down('string'), pick(['a', 'Río', ['b', '7']]), down(kind), 'x', down(kind), down(kind)]),
      () => ['step', down('number'), down(kind), pick([-1, 0]), down(kind), 10, down(kind)],
      () => ['coalesce', ...many(1 + Math.floor(draw() * 3), () => down(kind))],
      () => ['let', 'v', down(kind), 'w', down('number'), draw() < 0.6 ? ['var', 'v'] : branch(kind, depth - 1)],
      () => ['at', pick([0, 0, 1, 2]), ['literal', many(2, () => (kind === 'number' ? pick(numbers) : pick(strings)))]],
    ])();
  }
  const inner = {
    number: (d) => pick([
      () => [pick(['+', '*', 'min', 'max']), ...many(1 + Math.floor(draw() * 3), () => make('number', d))],
      () => [pick(['-', '/', '%', '^']), make('number', d), make('number', d)],
      () => [pick(['-', 'sqrt', 'abs', 'ln', 'log2', 'log10', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'round', 'floor', 'ceil']), make('number', d)],
      () => ['length', make(pick(['string', 'numbers']), d)],
      () => ['index-of', make(pick(['string', 'number', 'boolean']), d), make(pick(['string', 'numbers', 'strings']), d), ...(draw() < 0.3 ? [pick([0, 1, -1])] : [])],
      () => ['to-number', make(pick(kinds), d), ...(draw() < 0.5 ? [make('any', d)] : [])],
      () => [pick(['interpolate']), pick([['linear'], ['exponential', pick([0.5, 1, 2])], ['cubic-bezier', 0.2, 0.1, 0.7, 0.9]]), make('number', d), -1, make('number', d), 5, make('number', d)],
    ])(),
    string: (d) => pick([
      () => ['concat', ...many(Math.floor(draw() * 4), () => make(pick(kinds), d))],
      () => [pick(['upcase', 'downcase']), make('string', d)],
      () => ['to-string', make(pick(kinds), d)],
      () => ['typeof', make(pick(kinds), d)],
      () => ['slice', make('string', d), pick([0, 1, -2]), ...(draw() < 0.5 ? [pick([1, 2, -1])] : [])],
      () => ['join', make('strings', d), make('string', 0)],
      () => ['number-format', make('number', d), pick([{}, { 'max-fraction-digits': 1 }, { 'min-fraction-digits': 2, 'max-fraction-digits': 2 }, { locale: 'es-BO', 'max-fraction-digits': 2 }])],
    ])(),
    boolean: (d) => pick([
      () => [pick(['all', 'any']), ...many(Math.floor(draw() * 4), () => make('boolean', d))],
      () => ['!', make('boolean', d)],
      () => { const kind = pick(['number', 'string', 'boolean', 'any', 'color']); return [pick(['==', '!=']), make(kind, d), make(draw() < 0.85 ? kind : 'any', d)]; },
      () => { const kind = pick(['number', 'string', 'any']); return [pick(['<', '<=', '>', '>=']), make(kind, d), make(kind, d)]; },
      () => ['in', make(pick(['string', 'number', 'boolean']), d), make(pick(['string', 'numbers', 'strings']), d)],
      () => ['to-boolean', make(pick(kinds), d)],
      () => ['has', make('string', 0)],
    ])(),
    color: (d) => pick([
      () => ['rgb', make('number', d), make('number', d), make('number', d)],
      () => ['rgba', 10, make('number', d), 200, make('number', d)],
      () => [pick(['interpolate', 'interpolate-lab', 'interpolate-hcl']), ['linear'], make('number', d), 0, make('color', d), 10, make('color', d)],
      () => ['to-color', make(pick(['string', 'color', 'any']), d), make('color', 0)],
    ])(),
    numbers: (d) => pick([() => ['slice', make('numbers', d), pick([0, 1])], () => ['to-rgba', make('color', d)],
      () => ['interpolate', ['linear'], make('number', d), 0, ['literal', [1, 2]], 3, ['literal', [4, 8]]]])(),
    strings: (d) => pick([() => ['split', make('string', d), pick([',', '-', 'b'])], () => ['slice', make('strings', d), 1]])(),
    any: (d) => pick([() => ['at', make('number', d), make('any', d)], () => ['get', make('string', d)], () => ['get', 'k', ['object', make('any', d)]],
      () => ['literal', [[1, 2], ['a'], {}, null]], () => make(pick(kinds), d)])(),
  };
  function make(kind, depth) {
    if (draw() < 0.02) kind = pick(kinds);
    if (depth <= 0 || draw() < 0.2) return leaf[kind]();
    const made = draw() < 0.35 ? branch(kind, depth) : inner[kind](depth - 1);
    if (!Array.isArray(made)) return made;
    if (draw() < 0.015) made.push(pick(numbers)); // too many arguments
    if (draw() < 0.015) made.pop();
    return made;
  }
  const types = { number: 'number', string: 'string', boolean: 'boolean', color: 'color', numbers: 'array<number>', strings: 'array<string>' };
  return () => {
    const kind = pick(Object.keys(types));
    let expression = make(kind, 1 + Math.floor(draw() * 3));
    const zoomed = draw();
    if (zoomed < 0.15 && (kind === 'number' || kind === 'color'))
      expression = ['interpolate', ['linear'], ['zoom'], 4, expression, 12, make(kind, 1)];
    else if (zoomed < 0.25) expression = ['step', ['zoom'], expression, 8, make(kind, 1)];
    else if (zoomed < 0.27) expression = ['concat', ['zoom'], expression];
    if (!Array.isArray(expression)) expression = ['coalesce', expression];
    return { expression, type: types[kind] };
  };
}

export const written = [
  ['number', ['+']], ['number', ['-', 1, 2, 3]], ['number', ['literal', 1, 2]], ['number', ['%', 5, 0]], ['number', ['^', 0, 0]],
  ['number', ['/', 1, 0]], ['number', ['round', -2.5]], ['number', ['round', 0.5]], ['number', ['sqrt', -1]], ['number', ['to-number', '0x10']],
  ['number', ['to-number', ' 12 ']], ['number', ['to-number', '1,5']], ['number', ['to-number', null]], ['number', ['to-number', true]],
  ['number', ['to-number', ['literal', []]]], ['number', ['to-number', ['literal', {}], 4]], ['number', ['nada', 1]], ['number', []], ['number', [1, 2]],
  ['string', ['to-string', 1e21]], ['string', ['to-string', 1e-7]], ['string', ['to-string', 123456789012345680000]], ['string', ['to-string', -0]],
  ['string', ['to-string', ['literal', { a: [1, null, 'x'] }]]], ['string', ['to-string', ['rgba', 1, 2, 3, 0.5]]], ['string', ['to-string', null]],
  ['string', ['concat', 1, true, null, ['literal', [1, 'a']]]], ['string', ['upcase', 'straße']], ['string', ['downcase', 'İÑ']],
  ['string', ['slice', 'ñandú', -3, -1]], ['string', ['slice', 'ñandú', 4, 2]], ['array<string>', ['split', '', ',']], ['array<string>', ['split', 'a,,b', ',']],
  ['string', ['join', ['literal', []], '-']], ['string', ['join', ['literal', ['a']], '-']],
  ['string', ['number-format', 1234567.891, { locale: 'es' }]], ['string', ['number-format', 1234.5, { locale: 'en', 'min-fraction-digits': 3 }]],
  ['string', ['number-format', 0.5, { locale: 'de', 'max-fraction-digits': 0 }]],
  ['boolean', ['==', 'a', ['literal', []]]], ['boolean', ['==', 1, '1']], ['boolean', ['==', ['get', 'z'], null]], ['boolean', ['<', 'a', 'B']],
  ['boolean', ['<', ['get', 'n'], ['get', 's']]], ['boolean', ['==', ['get', 'a'], ['get', 'a']]], ['boolean', ['<', true, false]],
  ['boolean', ['==', 'resume', 'résumé', ['collator', { 'diacritic-sensitive': false }]]], ['boolean', ['<', 'a', 'Z', ['collator', {}]]],
  ['boolean', ['in', 'ío', ['get', 's']]], ['boolean', ['in', null, ['literal', [null]]]], ['boolean', ['in', 1, 'x1']], ['boolean', ['to-boolean', 'false']],
  ['number', ['index-of', 'b', 'abcb', 2]], ['number', ['index-of', '', 'abc']], ['number', ['index-of', 2, ['literal', [1, 2]], 2]],
  ['number', ['at', 3, ['literal', [1, 2, 3]]]], ['number', ['at', -1, ['literal', [1]]]], ['number', ['at', 0.5, ['literal', [1]]]],
  ['number', ['match', ['get', 'n'], [1, 2], 1, 3, 2, 0]], ['number', ['match', ['get', 'n'], 1, 1, 1, 2, 0]], ['number', ['match', ['get', 'n'], 'a', 1, 2, 2, 0]],
  ['number', ['match', ['get', 'n'], 1.5, 1, 0]], ['number', ['match', ['get', 'n'], [], 1, 0]], ['number', ['match', 1, 1, 2]],
  ['number', ['case', true, 1]], ['number', ['case', ['get', 'b'], 1, 2]], ['number', ['step', ['get', 'n'], 0]], ['number', ['step', ['get', 'n'], 0, 2, 1, 1, 2]],
  ['number', ['interpolate', ['linear'], ['zoom'], 0, 1]], ['number', ['interpolate', ['exponential', 0], ['zoom'], 0, 1, 10, 2]],
  ['number', ['interpolate', ['cubic-bezier', 0, 0, 2, 1], ['zoom'], 0, 1, 10, 2]], ['number', ['interpolate', ['linear'], ['get', 'n'], 'a', 1, 10, 2]],
  ['string', ['interpolate', ['linear'], ['zoom'], 0, 'a', 10, 'b']], ['number', ['+', ['zoom'], 1]],
  ['color', ['interpolate-hcl', ['linear'], ['zoom'], 0, 'red', 22, 'blue']], ['color', ['interpolate-lab', ['exponential', 1.5], ['zoom'], 0, 'red', 22, 'rgba(0,0,255,0)']],
  ['color', ['rgb', 0, 256, 0]], ['color', ['rgba', 0, 0, 0, -0.1]], ['color', ['to-color', 'nada', 1, 'lime']], ['color', ['to-color', ['literal', [1, 2, 3]]]],
  ['color', ['to-color', ['literal', [1, 2]]]], ['color', 'red'], ['array<number>', ['to-rgba', 'rgba(10,20,30,0.5)']],
  ['number', ['let', 'a', 1, ['var', 'b']]], ['number', ['let', 'a', 1, ['let', 'a', ['+', ['var', 'a'], 1], ['var', 'a']]]], ['number', ['let', 'a b', 1, 2]],
  ['number', ['let', 'a', 1]], ['number', ['var', 'a']], ['array<number, 2>', ['literal', [1, 2, 3]]], ['array<number, 2>', ['get', 'a']],
  ['array<number, 3>', ['array', 'number', 3, ['get', 'a']]], ['array<number>', ['array', 'texto', ['get', 'a']]], ['array<string>', ['array', 'string', ['get', 'w']]],
  ['number', ['get', 'k', ['get', 'o']]], ['number', ['get', 'k', ['object', ['get', 'o'], ['literal', { k: 1 }]]]], ['boolean', ['has', 'k', ['literal', { k: null }]]],
  ['string', ['typeof', ['literal', [1, 2]]]], ['string', ['typeof', ['literal', [1, 'a']]]], ['string', ['typeof', ['literal', []]]], ['string', ['typeof', ['rgb', 1, 2, 3]]],
  ['string', ['typeof', ['collator', {}]]], ['string', ['typeof', null]], ['string', ['typeof', ['image', 'x']]], ['string', ['typeof', ['format', 'x', {}]]],
  ['formatted', ['format', 'a', {}, ['get', 's'], { 'font-scale': 1.2, 'text-color': 'red' }]], ['formatted', ['format', ['get', 'n'], { 'text-font': ['literal', ['A', 'B']] }]],
  ['formatted', ['format', ['image', 'x'], {}]], ['formatted', ['format']], ['formatted', ['format', 'a', { 'font-scale': 'x' }]], ['formatted', ['get', 's']],
  ['formatted', ['number-format', ['get', 'm'], {}]], ['resolvedImage', ['image', ['get', 's']]], ['resolvedImage', ['coalesce', ['image', 'no'], ['image', 'si']]],
  ['resolvedImage', ['get', 's']], ['number', ['length', ['get', 'n']]], ['number', ['length', 'ñandú']], ['number', ['length', ['literal', {}]]],
  ['number', ['global-state', 'x']], ['number', ['global-state', 1]], ['number', ['global-state', 'x', 1]], ['boolean', ['==', ['global-state', 'none'], null]],
  ['string', ['coalesce', null, ['get', 'none'], 'fin']], ['string', ['coalesce']], ['string', ['error', 'x']], ['number', ['id']], ['string', ['geometry-type']],
  // Types that only properties of layers have.
  ...[3, -1.5, [1], [1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5], [], ['a'], 'a', null, true].flatMap((value) =>
    ['padding', 'numberArray'].map((type) => [type, Array.isArray(value) ? ['literal', value] : ['coalesce', value]])),
  ...['n', 's', 'a', 'w', 'c', 'none'].flatMap((name) =>
    ['padding', 'numberArray', 'colorArray', 'variableAnchorOffsetCollection'].map((type) => [type, ['get', name]])),
  ['colorArray', ['literal', ['red', 'rgba(0, 0, 255, 0.5)']]], ['colorArray', ['literal', ['red', 'nada']]], ['colorArray', ['literal', ['red', 1]]],
  ['colorArray', ['case', ['has', 'n'], 'red', ['literal', ['lime', 'blue']]]], ['colorArray', 4], ['colorArray', ['to-color', 'red']],
  ['variableAnchorOffsetCollection', ['literal', ['top', [1, 2], 'bottom-left', [0, -1]]]], ['variableAnchorOffsetCollection', ['literal', ['top', [1]]]],
  ['variableAnchorOffsetCollection', ['literal', ['encima', [1, 2]]]], ['variableAnchorOffsetCollection', ['literal', ['top']]], ['variableAnchorOffsetCollection', 'top'],
  ['projectionDefinition', ['step', ['zoom'], ['literal', ['mercator', 'globe', 0.5]], 6, 'mercator']],
  ['projectionDefinition', ['interpolate', ['linear'], ['zoom'], 4, 'mercator', 12, 'globe']], ['projectionDefinition', 3],
  ['padding', ['interpolate', ['linear'], ['zoom'], 4, 1, 12, ['literal', [2, 4, 6, 8]]]], ['padding', ['step', ['zoom'], 1, 8, ['literal', [2, 4]]]],
  ['numberArray', ['interpolate', ['exponential', 2], ['zoom'], 4, ['literal', [1, 2]], 12, ['literal', [5, 9]]]],
  ['numberArray', ['interpolate', ['linear'], ['zoom'], 4, ['literal', [1, 2]], 12, 7]], ['numberArray', ['interpolate-lab', ['linear'], ['zoom'], 4, 1, 12, 2]],
  ...['interpolate', 'interpolate-lab', 'interpolate-hcl'].flatMap((operator) => [
    ['colorArray', [operator, ['linear'], ['zoom'], 4, ['literal', ['red', 'white']], 22, ['literal', ['blue', 'rgba(0, 9, 0, 0.5)']]]],
    ['colorArray', [operator, ['linear'], ['zoom'], 4, 'red', 22, ['literal', ['blue', 'lime']]]],
  ]),
  ['variableAnchorOffsetCollection', ['interpolate', ['linear'], ['zoom'], 4, ['literal', ['top', [0, 0], 'left', [1, 1]]], 12, ['literal', ['top', [4, 8], 'left', [2, -1]]]]],
  ['variableAnchorOffsetCollection', ['interpolate', ['linear'], ['zoom'], 4, ['literal', ['top', [0, 0]]], 22, ['literal', ['left', [4, 8]]]]],
  ['variableAnchorOffsetCollection', ['interpolate', ['linear'], ['zoom'], 4, ['literal', ['top', [0, 0]]], 22, ['literal', ['top', [4, 8], 'left', [2, -1]]]]],
  ['padding', { type: 'identity', property: 'n' }], ['padding', { type: 'identity', property: 'n', default: 3 }], ['colorArray', { type: 'identity', property: 'c' }],
  ['numberArray', { stops: [[0, 1], [10, [5, 6]]] }],
  // Values that only a browser knows.
  ['number', ['feature-state', 'e']], ['number', ['feature-state', 'nada']], ['string', ['to-string', ['feature-state', 'nada']]], ['number', ['feature-state']],
  ['number', ['feature-state', ['get', 's']]], ['number', ['heatmap-density']], ['number', ['line-progress']], ['number', ['heatmap-density', 1]],
  ['number', ['+', 1, ['line-progress']]], ['string', ['typeof', ['accumulated']]],
  // The old syntax.
  ['number', { stops: [[0, 1], [10, 5]] }], ['number', { base: 2, stops: [[0, 1], [10, 5]] }], ['color', { property: 'n', stops: [[0, 'red'], [10, 'blue']], colorSpace: 'lab' }],
  ['string', { property: 's', type: 'categorical', stops: [['b', 'x'], ['Río', 'y']], default: 'otro' }], ['number', { property: 'n', type: 'interval', stops: [[0, 1], [3, 5]], default: 9 }],
  ['color', { property: 'b', type: 'categorical', stops: [[true, 'red'], [false, 'blue']], default: 'lime' }], ['number', { type: 'identity', property: 'n' }],
  ['number', { type: 'identity', property: 'n', default: 4 }], ['color', { type: 'identity', property: 'c', default: 'red' }], ['string', { type: 'identity', property: 's' }],
  ['number', { property: 'n', stops: [[{ zoom: 0, value: 0 }, 0], [{ zoom: 0, value: 3 }, 3], [{ zoom: 12, value: 0 }, 10], [{ zoom: 12, value: 3 }, 20]] }],
].map(([type, expression]) => ({ type, expression }));
