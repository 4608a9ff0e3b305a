/* color.c - parses CSS colours; interpolates them in RGB, Lab and HCL. */
#include "styles/color.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "styles/color_names.h"

#define PI 3.14159265358979323846

static double clamp(double x, double min, double max)
{
    return fmin(fmax(min, x), max);
}

/* Text ------------------------------------------------------------------- */

static int compare_name(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

static bool parse_name(const char *text, struct color *out)
{
    if (strcmp(text, "transparent") == 0) {
        *out = (struct color){0, 0, 0, 0};
        return true;
    }
    const size_t size = sizeof *color_names, n = sizeof color_names / size;
    const char *row = bsearch(text, color_names, n, size, compare_name);
    if (!row)
        return false;
    size_t i = (size_t)(row - (const char *)color_names) / size;
    *out = (struct color){color_names[i].r / 255.0, color_names[i].g / 255.0,
                          color_names[i].b / 255.0, 1};
    return true;
}

static bool parse_hex(const char *digits, struct color *out)
{
    size_t len = strlen(digits);
    if (strspn(digits, "0123456789abcdef") != len || (len != 3 && len != 4 && len != 6 && len != 8))
        return false;
    size_t step = len < 6 ? 1 : 2;
    double parts[4] = {0, 0, 0, 1};
    for (size_t i = 0; i * step < len; i++) {
        char pair[3] = {digits[i * step], digits[i * step + step - 1], '\0'};
        parts[i] = (double)strtol(pair, NULL, 16) / 255;
    }
    *out = (struct color){parts[0], parts[1], parts[2], parts[3]};
    return true;
}

/* rgb() and hsl(): three or four numbers with their separators. */
struct color_function {
    double number[4];
    bool percent[4], degrees;
    int n;
    char part[3]; /* between the numbers: ' ', ',' or '/' */
};

/* JavaScript's Number() of a run of digits, signs, points and e. */
static bool read_number(const char **at, double *number)
{
    size_t len = strspn(*at, "0123456789.+-e");
    char run[64], *end;
    if (len == 0 || len >= sizeof run)
        return false;
    memcpy(run, *at, len);
    run[len] = '\0';
    *number = strtod(run, &end);
    *at += len;
    return !*end;
}

static size_t skip_blanks(const char **at)
{
    size_t n = strspn(*at, " \t\n\r\f\v");
    *at += n;
    return n;
}

static bool read_function(const char *at, struct color_function *f)
{
    *f = (struct color_function){0};
    skip_blanks(&at);
    for (int i = 0; i < 4; i++) {
        if (!read_number(&at, &f->number[i]))
            return false;
        f->n = i + 1;
        if (i == 0 && strncmp(at, "deg", 3) == 0) {
            f->degrees = true;
            at += 3;
        }
        if (*at == '%') {
            f->percent[i] = true;
            at++;
        }
        size_t blanks = skip_blanks(&at);
        if (*at == ')')
            return i >= 2 && !at[1];
        if (i == 3)
            return false;
        if (*at == ',' || (*at == '/' && i == 2)) {
            f->part[i] = *at++;
            skip_blanks(&at);
        } else if (blanks && i < 2)
            f->part[i] = ' ';
        else
            return false;
    }
    return false;
}

/* Commas everywhere, or blanks with a slash before alpha. */
static bool marks_agree(const struct color_function *f)
{
    if (f->part[0] != f->part[1])
        return false;
    return f->n == 3 || f->part[2] == (f->part[0] == ',' ? ',' : '/');
}

static double alpha_of(const struct color_function *f)
{
    return f->n < 4 ? 1 : clamp(f->percent[3] ? f->number[3] / 100 : f->number[3], 0, 1);
}

static bool parse_rgb(const char *arguments, struct color *out)
{
    struct color_function f;
    if (!read_function(arguments, &f) || !marks_agree(&f) || f.degrees ||
        f.percent[0] != f.percent[1] || f.percent[1] != f.percent[2])
        return false;
    double whole = f.percent[0] ? 100 : 255;
    *out = (struct color){clamp(f.number[0] / whole, 0, 1), clamp(f.number[1] / whole, 0, 1),
                          clamp(f.number[2] / whole, 0, 1), alpha_of(&f)};
    return true;
}

static double constrain_angle(double degrees)
{
    degrees = fmod(degrees, 360);
    return degrees < 0 ? degrees + 360 : degrees;
}

/* CSS Color 4, 7.1: HSL to RGB. */
static double hsl_part(double n, double h, double s, double l)
{
    double k = fmod(n + h / 30, 12), a = s * fmin(l, 1 - l);
    return l - a * fmax(-1, fmin(fmin(k - 3, 9 - k), 1));
}

static bool parse_hsl(const char *arguments, struct color *out)
{
    struct color_function f;
    if (!read_function(arguments, &f) || !marks_agree(&f) || f.percent[0] || !f.percent[1] ||
        !f.percent[2])
        return false;
    double h = constrain_angle(f.number[0]), s = clamp(f.number[1], 0, 100) / 100,
           l = clamp(f.number[2], 0, 100) / 100;
    *out = (struct color){hsl_part(0, h, s, l), hsl_part(8, h, s, l), hsl_part(4, h, s, l),
                          alpha_of(&f)};
    return true;
}

bool color_parse(const char *text, struct color *out)
{
    char low[256];
    text += strspn(text, " \t\n\r\f\v");
    size_t len = strlen(text);
    while (len && strchr(" \t\n\r\f\v", text[len - 1]))
        len--;
    if (len == 0 || len >= sizeof low)
        return false;
    for (size_t i = 0; i < len; i++)
        low[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
    low[len] = '\0';
    if (low[0] == '#')
        return parse_hex(low + 1, out);
    if (strncmp(low, "rgb(", 4) == 0 || strncmp(low, "rgba(", 5) == 0)
        return parse_rgb(strchr(low, '(') + 1, out);
    if (strncmp(low, "hsl(", 4) == 0 || strncmp(low, "hsla(", 5) == 0)
        return parse_hsl(strchr(low, '(') + 1, out);
    return parse_name(low, out);
}

/* Mixing ----------------------------------------------------------------- */

struct lab {
    double l, a, b;
};

static const double white_x = 0.96422, white_z = 0.82521; /* D50; white_y is 1 */

static double to_linear(double part)
{
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double from_linear(double part)
{
    part = part <= 0.00304 ? 12.92 * part : 1.055 * pow(part, 1 / 2.4) - 0.055;
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

static double xyz_to_lab(double t)
{
    const double t1 = 6.0 / 29;
    return t > t1 * t1 * t1 ? pow(t, 1.0 / 3) : t / (3 * t1 * t1) + 4.0 / 29;
}

static double lab_to_xyz(double t)
{
    const double t1 = 6.0 / 29;
    return t > t1 ? t * t * t : 3 * t1 * t1 * (t - 4.0 / 29);
}

static struct lab to_lab(struct color color)
{
    double r = to_linear(color.r), g = to_linear(color.g), b = to_linear(color.b);
    double y = xyz_to_lab(0.2225045 * r + 0.7168786 * g + 0.0606169 * b), x = y, z = y;
    if (r != g || g != b) {
        x = xyz_to_lab((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / white_x);
        z = xyz_to_lab((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / white_z);
    }
    return (struct lab){fmax(116 * y - 16, 0), 500 * (x - y), 200 * (y - z)};
}

static struct color from_lab(struct lab lab, double alpha)
{
    double y = (lab.l + 16) / 116, x = y + lab.a / 500, z = y - lab.b / 200;
    x = white_x * lab_to_xyz(x);
    y = lab_to_xyz(y);
    z = white_z * lab_to_xyz(z);
    return (struct color){from_linear(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
                          from_linear(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
                          from_linear(0.0719453 * x - 0.2289914 * y + 1.4052427 * z), alpha};
}

static double mix(double from, double to, double t)
{
    return from + t * (to - from);
}

/* Hue in degrees, NaN for greys. */
static double hue_of(struct lab lab, double *chroma)
{
    *chroma = sqrt(lab.a * lab.a + lab.b * lab.b);
    return round(*chroma * 10000) != 0 ? constrain_angle(atan2(lab.b, lab.a) * 180 / PI) : NAN;
}

/* A grey takes the hue of the other colour; black and white also its chroma. */
static struct color mix_hcl(struct color from, struct color to, double t)
{
    struct lab lab0 = to_lab(from), lab1 = to_lab(to);
    double c0, c1, h0 = hue_of(lab0, &c0), h1 = hue_of(lab1, &c1);
    double hue = 0, chroma = mix(c0, c1, t);
    if (!isnan(h0) && !isnan(h1)) {
        double turn = h1 - h0;
        if (turn > 180)
            turn -= 360;
        else if (turn < -180)
            turn += 360;
        hue = h0 + t * turn;
    } else if (!isnan(h0)) {
        hue = h0;
        if (lab1.l == 1 || lab1.l == 0)
            chroma = c0;
    } else if (!isnan(h1)) {
        hue = h1;
        if (lab0.l == 1 || lab0.l == 0)
            chroma = c1;
    }
    struct lab lab = {mix(lab0.l, lab1.l, t), cos(hue * PI / 180) * chroma,
                      sin(hue * PI / 180) * chroma};
    return from_lab(lab, mix(from.a, to.a, t));
}

struct color color_mix(struct color from, struct color to, double t, enum color_space space)
{
    if (space == COLOR_HCL)
        return mix_hcl(from, to, t);
    if (space == COLOR_LAB) {
        struct lab a = to_lab(from), b = to_lab(to);
        struct lab lab = {mix(a.l, b.l, t), mix(a.a, b.a, t), mix(a.b, b.b, t)};
        return from_lab(lab, mix(from.a, to.a, t));
    }
    return (struct color){mix(from.r, to.r, t), mix(from.g, to.g, t), mix(from.b, to.b, t),
                          mix(from.a, to.a, t)};
}
