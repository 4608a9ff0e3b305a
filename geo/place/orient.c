/* orient.c - the exact orientation predicate: a point left of, right of or on a line. */
#include "geo/place/orient.h"

#include <math.h>

/* An exact value as a sum of non-overlapping doubles, smallest first. */
struct expansion {
    double part[12];
    int n;
};

static void add(struct expansion *sum, double value)
{
    double carry = value;
    for (int i = 0; i < sum->n; i++) {
        double total = carry + sum->part[i];
        double virtual = total - carry;
        double rest = (carry - (total - virtual)) + (sum->part[i] - virtual);
        sum->part[i] = rest;
        carry = total;
    }
    sum->part[sum->n++] = carry;
}

static void add_product(struct expansion *sum, double a, double b)
{
    double product = a * b;
    add(sum, fma(a, b, -product));
    add(sum, product);
}

/* (a - p) x (b - p) multiplied out, so that no difference is rounded. */
int geo_orient_exact(double ax, double ay, double bx, double by, double px, double py)
{
    struct expansion sum = {.n = 0};
    add_product(&sum, ax, by);
    add_product(&sum, -ay, bx);
    add_product(&sum, bx, py);
    add_product(&sum, -by, px);
    add_product(&sum, px, ay);
    add_product(&sum, -py, ax);
    for (int i = sum.n - 1; i >= 0; i--)
        if (sum.part[i] != 0)
            return sum.part[i] > 0 ? 1 : -1;
    return 0;
}
