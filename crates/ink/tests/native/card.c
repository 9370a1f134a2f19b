/*
 * The library as a C program uses it, each kind of ownership once. Compiled and run by
 * tests/native.rs. Prints nothing and returns 0 if everything is as ink.h says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ink.h"

#define EXPECT(condition)                                                                \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            fprintf(stderr, "%s:%d: not so: %s (last error: %s)\n", __FILE__, __LINE__,  \
                    #condition, ink_last_error_message());                               \
            exit(1);                                                                     \
        }                                                                                \
    } while (0)

/* What the callback knows of its caller comes through user_data. */
struct progress {
    uint32_t calls;
    uint32_t stop_after; /* 0: never */
};

static int brighten(uint32_t x, uint32_t y, InkPixel *pixel, void *user_data) {
    struct progress *progress = user_data;
    (void)x;
    (void)y;
    if (progress->stop_after != 0 && progress->calls == progress->stop_after) {
        return 7;
    }
    progress->calls += 1;
    pixel->g = 200;
    return 0;
}

static void count_up(void *data) { *(int *)data += 1; }

static void owned(void) {
    InkImage *image = NULL;
    char *words = NULL;
    EXPECT(ink_image_new(4, 3, &image) == INK_STATUS_OK);
    EXPECT(ink_image_width(image) == 4 && ink_image_height(image) == 3);
    EXPECT(ink_image_set_title(image, "Tinte: \xC3\xA9") == INK_STATUS_OK);
    EXPECT(ink_image_describe(image, &words) == INK_STATUS_OK);
    EXPECT(strcmp(words, "Tinte: \xC3\xA9, 4 \xC3\x97 3 pixels") == 0);
    EXPECT(ink_live_allocations() == 2); /* the image and the words */
    ink_string_free(words);
    ink_image_free(image);
    ink_image_free(NULL);
    ink_string_free(NULL);
    EXPECT(ink_live_allocations() == 0);
}

static void borrowed(void) {
    const uint8_t *data = NULL;
    size_t length = 0;
    InkPixel red = {255, 0, 0};
    InkPixel found = {0, 0, 0};
    uint8_t luma = 0;
    InkImage *image = NULL;
    EXPECT(ink_image_new(2, 2, &image) == INK_STATUS_OK);
    EXPECT(ink_image_pixels(image, &data, &length) == INK_STATUS_OK);
    EXPECT(length == 12 && data[9] == 0);
    EXPECT(ink_image_set_pixel(image, 1, 1, red) == INK_STATUS_OK);
    EXPECT(data[9] == 255); /* the same memory: the change shows */
    EXPECT(ink_image_get_pixel(image, 1, 1, &found) == INK_STATUS_OK);
    EXPECT(found.r == 255 && found.g == 0 && found.b == 0);
    EXPECT(ink_pixel_luma(found) == 76);
    EXPECT(ink_pixel_luma_at(&found, &luma) == INK_STATUS_OK && luma == 76);
    EXPECT(strcmp(ink_image_title(image), "") == 0);
    ink_image_free(image);
}

static void own_buffer(void) {
    char *buffer = NULL;
    char small[3] = "--";
    size_t needed = 0;
    InkImage *image = NULL;
    EXPECT(ink_image_new(1, 1, &image) == INK_STATUS_OK);
    EXPECT(ink_image_set_title(image, "Harbour") == INK_STATUS_OK);
    EXPECT(ink_image_copy_title(image, small, sizeof small, &needed) ==
           INK_STATUS_BUFFER_TOO_SMALL);
    EXPECT(needed == 8 && strcmp(small, "--") == 0);
    EXPECT(ink_image_copy_title(image, NULL, 0, &needed) == INK_STATUS_OK);
    buffer = malloc(needed);
    EXPECT(buffer != NULL);
    EXPECT(ink_image_copy_title(image, buffer, needed, &needed) == INK_STATUS_OK);
    EXPECT(strcmp(buffer, "Harbour") == 0);
    free(buffer); /* our own memory, so our own free() */
    ink_image_free(image);
}

static void callback(void) {
    InkPixel pixel = {0, 0, 0};
    struct progress all = {0, 0};
    struct progress two = {0, 2};
    InkImage *image = NULL;
    EXPECT(ink_image_new(3, 2, &image) == INK_STATUS_OK);
    EXPECT(ink_image_map(image, brighten, &two) == INK_STATUS_STOPPED);
    EXPECT(two.calls == 2);
    EXPECT(strstr(ink_last_error_message(), "(2, 0) with code 7") != NULL);
    EXPECT(ink_image_get_pixel(image, 0, 0, &pixel) == INK_STATUS_OK && pixel.g == 0);
    EXPECT(ink_image_map(image, brighten, &all) == INK_STATUS_OK);
    EXPECT(all.calls == 6);
    EXPECT(ink_image_get_pixel(image, 2, 1, &pixel) == INK_STATUS_OK && pixel.g == 200);
    EXPECT(ink_image_map(image, NULL, NULL) == INK_STATUS_NULL_ARGUMENT);
    ink_image_free(image);
}

static void blur(void) {
    InkPixel white = {255, 255, 255};
    InkPixel pixel = {0, 0, 0};
    int entered = 0;
    InkImage *image = NULL;
    EXPECT(ink_image_new(3, 3, &image) == INK_STATUS_OK);
    EXPECT(ink_image_set_pixel(image, 1, 1, white) == INK_STATUS_OK);
    ink_set_work_hook(count_up, &entered);
    EXPECT(ink_image_blur(image, 1) == INK_STATUS_OK);
    ink_set_work_hook(NULL, NULL);
    EXPECT(entered == 1);
    EXPECT(ink_image_get_pixel(image, 1, 1, &pixel) == INK_STATUS_OK && pixel.r == 28);
    EXPECT(ink_image_get_pixel(image, 0, 0, &pixel) == INK_STATUS_OK && pixel.r == 64);
    ink_image_free(image);
}

static void failures(void) {
    InkPixel pixel = {0, 0, 0};
    InkImage *image = (InkImage *)&pixel; /* anything but NULL */
    EXPECT(ink_image_new(0, 5, &image) == INK_STATUS_BAD_SIZE);
    EXPECT(image == NULL);
    EXPECT(strstr(ink_last_error_message(), "0 \xC3\x97 5") != NULL);
    EXPECT(ink_image_read("no/such/file.png", &image) == INK_STATUS_IO);
    EXPECT(strstr(ink_last_error_message(), "no/such/file.png") != NULL);
    EXPECT(ink_image_new(2, 2, &image) == INK_STATUS_OK);
    EXPECT(ink_image_get_pixel(image, 2, 0, &pixel) == INK_STATUS_OUT_OF_BOUNDS);
    ink_image_free(image);
}

int main(void) {
    EXPECT(ink_version() == INK_ABI_VERSION); /* before anything else */
    EXPECT(sizeof(InkPixel) == 3);
    owned();
    borrowed();
    own_buffer();
    callback();
    blur();
    failures();
    EXPECT(ink_live_allocations() == 0);
    return 0;
}
