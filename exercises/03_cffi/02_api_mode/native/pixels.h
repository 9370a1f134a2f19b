/* Images of 800 × 600 pixels and others. Supplied; nothing to edit here. */
#ifndef PIXELS_H
#define PIXELS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    unsigned char r, g, b;
} pixel_t;

typedef struct {
    pixel_t *pixels; /* width × height of them, row by row */
    uint32_t width;
    uint32_t height;
    pixel_t background;
    double gamma;
} image_t;

/* An image full of its background, and the end of one. NULL without memory. */
image_t *image_new(uint32_t width, uint32_t height, double gamma);
void image_free(image_t *image);

/* Gives every pixel this colour. */
void image_fill(image_t *image, pixel_t colour);

/* How many pixels have exactly this colour. */
size_t image_count(const image_t *image, pixel_t colour);

#endif
