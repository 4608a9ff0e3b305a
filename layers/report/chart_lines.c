/* chart_lines.c - line charts of series over time, and Lorenz curves. */
#include <cairo.h>
#include <math.h>

#include "geo/base/number.h"
#include "layers/report/chart.h"
#include "layers/report/chart_scale.h"

#define PLOT_HEIGHT 150.0
#define FOOT 14.0

/* A plot's frame: its position, and the scales of its axes. */
struct plot {
    double x, y, width, height;
    struct chart_scale scale; /* upwards */
};

static double plot_y(const struct plot *plot, double value)
{
    return plot->y + plot->height * (1 - chart_scale_at(&plot->scale, value));
}

/* Draws horizontal lines with their values at the left. */
static void put_grid(struct pen *pen, const struct plot *plot)
{
    char text[48];
    for (size_t i = 0; i < plot->scale.n; i++) {
        double value = plot->scale.low + (double)i * plot->scale.step, at = plot_y(plot, value);
        bool zero = fabs(value) < plot->scale.step / 1e6;
        pen_rule(pen, zero ? PEN_GREY : PEN_RULE, zero ? 0.6 : 0.4, plot->x, at,
                 plot->x + plot->width, at);
        number_text(text, sizeof text, value, plot->scale.decimals);
        pen_text(pen, PEN_CHART, PEN_GREY, plot->x - 5, at + 2.6, 1, 0, text);
    }
}

static double axis_room(struct pen *pen, const struct chart_scale *scale)
{
    char text[48];
    double widest = 0;
    for (size_t i = 0; i < scale->n; i++) {
        number_text(text, sizeof text, scale->low + (double)i * scale->step, scale->decimals);
        widest = fmax(widest, pen_text_width(pen, PEN_CHART, text));
    }
    return widest + 6;
}

double chart_lines_height(struct pen *pen, const struct chart *chart, double width)
{
    (void)pen, (void)width;
    return chart_has_values(chart) ? PLOT_HEIGHT + FOOT + (chart->n_series > 1 ? 14 : 0) : 40;
}

static void put_series(struct pen *pen, const struct chart *chart, const struct plot *plot,
                       size_t s)
{
    cairo_t *cr = pen_cairo(pen);
    char text[48];
    double step = chart->n > 1 ? plot->width / (double)(chart->n - 1) : 0;
    double from = chart->n > 1 ? plot->x : plot->x + plot->width / 2;
    bool joined = false;
    pen_set_color(pen, chart_color(s));
    cairo_set_line_width(cr, 1.6);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    for (size_t i = 0; i < chart->n; i++) {
        double value = chart->values[s][i];
        if (isfinite(value) && joined)
            cairo_line_to(cr, from + (double)i * step, plot_y(plot, value));
        else if (isfinite(value))
            cairo_move_to(cr, from + (double)i * step, plot_y(plot, value));
        joined = isfinite(value);
    }
    cairo_stroke(cr);
    for (size_t i = 0; i < chart->n; i++) {
        double value = chart->values[s][i], x = from + (double)i * step;
        if (!isfinite(value))
            continue;
        cairo_arc(cr, x, plot_y(plot, value), 2.2, 0, 2 * acos(-1));
        pen_set_color(pen, chart_color(s));
        cairo_fill(cr);
        if (chart->n_series > 1 || chart->n > 12)
            continue;
        number_text(text, sizeof text, value, chart->decimals);
        double half = pen_text_width(pen, PEN_CHART, text) / 2; /* labels stay within the plot */
        pen_text(pen, PEN_CHART, PEN_BLACK,
                 fmin(fmax(x, plot->x + half), plot->x + plot->width + 18 - half),
                 plot_y(plot, value) - 5, 0.5, 0, text);
    }
}

void chart_lines(struct pen *pen, const struct chart *chart, double x, double y, double width,
                 double height)
{
    double low, high;
    if (!chart_has_values(chart)) {
        chart_say_empty(pen, x, y, width, height);
        return;
    }
    chart_range(chart, &low, &high);
    struct plot plot = {.scale = chart_scale_of(low, high, 6, 1)};
    double axis = axis_room(pen, &plot.scale), key = chart->n_series > 1 ? 14 : 0;
    plot.x = x + axis;
    plot.y = y + key + 12;
    plot.width = width - axis - 18;
    plot.height = height - key - FOOT - 12;
    chart_key(pen, chart, plot.x, y + 7);
    put_grid(pen, &plot);
    double step = chart->n > 1 ? plot.width / (double)(chart->n - 1) : 0, last = -1e9;
    for (size_t i = 0; i < chart->n; i++) {
        double at = chart->n > 1 ? plot.x + (double)i * step : plot.x + plot.width / 2;
        double wide = pen_text_width(pen, PEN_CHART, chart->labels[i]);
        at = fmin(fmax(at, x + wide / 2), x + width - wide / 2);
        if (at - wide / 2 < last + 4) /* labels do not overlap */
            continue;
        pen_text(pen, PEN_CHART, PEN_GREY, at, plot.y + plot.height + 10, 0.5, 0, chart->labels[i]);
        last = at + wide / 2;
    }
    for (size_t s = chart->n_series; s-- > 0;)
        put_series(pen, chart, &plot, s);
}

/* ---- Lorenz -------------------------------------------------------------- */

#define LORENZ_SIDE 176.0

double chart_lorenz_height(struct pen *pen, const struct chart *chart, double width)
{
    (void)pen;
    return chart_has_values(chart) ? fmin(LORENZ_SIDE, width) + 26 : 40;
}

/* Series: cumulative shares (0-100), of people on the x axis, of what they get on the y
 * axis. */
void chart_lorenz(struct pen *pen, const struct chart *chart, double x, double y, double width,
                  double height)
{
    cairo_t *cr = pen_cairo(pen);
    char text[48];
    if (!chart_has_values(chart)) {
        chart_say_empty(pen, x, y, width, height);
        return;
    }
    struct plot plot = {.scale = chart_scale_of(0, 100, 6, 1)};
    double axis = axis_room(pen, &plot.scale);
    double side = fmin(height - 34, width - axis - 8);
    plot.x = x + axis;
    plot.y = y + 12;
    plot.width = plot.height = side;
    pen_text(pen, PEN_SMALL, PEN_GREY, x, y + 4, 0, width, chart->y_title ? chart->y_title : "");
    put_grid(pen, &plot);
    for (int i = 0; i <= 5; i++) {
        number_text(text, sizeof text, 20 * i, 0);
        pen_text(pen, PEN_CHART, PEN_GREY, plot.x + side * i / 5, plot.y + side + 10, 0.5, 0, text);
    }
    pen_text(pen, PEN_SMALL, PEN_GREY, plot.x + side, plot.y + side + 20, 1, 0,
             chart->x_title ? chart->x_title : "");
    cairo_save(cr);
    cairo_rectangle(cr, plot.x, plot.y - 1, side + 1, side + 2);
    cairo_clip(cr);
    pen_set_color(pen, PEN_MIST);
    cairo_move_to(cr, plot.x, plot.y + side);
    for (size_t i = 0; i < chart->n; i++)
        cairo_line_to(cr, plot.x + side * chart->values[0][i] / 100,
                      plot_y(&plot, chart->values[1][i]));
    cairo_close_path(cr);
    cairo_fill(cr);
    pen_rule(pen, PEN_GREY, 0.7, plot.x, plot.y + side, plot.x + side, plot.y);
    pen_text(pen, PEN_SMALL, PEN_GREY, plot.x + side * 0.60, plot.y + side * 0.34, 1, 0,
             "igualdad");
    pen_set_color(pen, PEN_DEEP);
    cairo_set_line_width(cr, 1.6);
    cairo_move_to(cr, plot.x, plot.y + side);
    for (size_t i = 0; i < chart->n; i++)
        cairo_line_to(cr, plot.x + side * chart->values[0][i] / 100,
                      plot_y(&plot, chart->values[1][i]));
    cairo_stroke(cr);
    cairo_restore(cr);
    if (chart->note)
        pen_paragraph(pen, PEN_BODY, PEN_BLACK, plot.x + side + 22, plot.y + 4,
                      fmax(x + width - plot.x - side - 22, 60), 0, chart->note);
}
