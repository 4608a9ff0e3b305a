/* random.h - random numbers that are the same on every machine: xoshiro256**
 * (Blackman and Vigna 2018), seeded by splitmix64.
 *
 * Owns:    nothing; the state is the caller's.
 * Threads: one state a thread. If each piece of work has its own stream, it gets the same
 *          numbers whichever thread does it, in any order.
 */
#ifndef GEO_RANDOM_H
#define GEO_RANDOM_H

#include <stdint.h>

struct geo_random {
    uint64_t s[4];
};

static inline uint64_t geo_random_mix(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Streams of one seed are independent of each other. */
static inline void geo_random_start(struct geo_random *random, uint64_t seed, uint64_t stream)
{
    uint64_t state = seed;
    uint64_t key = geo_random_mix(&state) ^ (stream * UINT64_C(0xd1342543de82ef95));
    for (int i = 0; i < 4; i++)
        random->s[i] = geo_random_mix(&key);
}

static inline uint64_t geo_random_next(struct geo_random *random)
{
    uint64_t *s = random->s, five = s[1] * 5;
    uint64_t result = ((five << 7) | (five >> 57)) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
}

/* Uniform in 0 .. n - 1 (Lemire 2019); n > 0. */
static inline uint32_t geo_random_below(struct geo_random *random, uint32_t n)
{
    uint64_t product = (geo_random_next(random) >> 32) * n;
    if ((uint32_t)product < n) {
        uint32_t least = (uint32_t)(-n) % n;
        while ((uint32_t)product < least)
            product = (geo_random_next(random) >> 32) * n;
    }
    return (uint32_t)(product >> 32);
}

#endif
