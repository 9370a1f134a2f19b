/* Images. Supplied; nothing to edit here. */

#include "pixels.h"

#include <stdlib.h>

image_t *image_new(uint32_t width, uint32_t height, double gamma) {
    image_t *image = calloc(1, sizeof(image_t));
    if (image == NULL)
        return NULL;
    image->pixels = calloc((size_t)width * height, sizeof(pixel_t));
    if (image->pixels == NULL) {
        free(image);
        return NULL;
    }
    image->width = width;
    image->height = height;
    image->background = (pixel_t){32, 64, 96};
    image->gamma = gamma;
    image_fill(image, image->background);
    return image;
}

void image_free(image_t *image) {
    if (image != NULL)
        free(image->pixels);
    free(image);
}

void image_fill(image_t *image, pixel_t colour) {
    for (size_t i = 0; i < (size_t)image->width * image->height; i++)
        image->pixels[i] = colour;
}

size_t image_count(const image_t *image, pixel_t colour) {
    size_t count = 0;
    for (size_t i = 0; i < (size_t)image->width * image->height; i++) {
        const pixel_t *pixel = &image->pixels[i];
        count += pixel->r == colour.r && pixel->g == colour.g && pixel->b == colour.b;
    }
    return count;
}
