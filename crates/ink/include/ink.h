/*
 * ink: a small image library.
 *
 * The rules, which hold for every function unless its comment says otherwise:
 *
 * - Who owns what is said in three words. OWNED: it is yours, and you give it back with the
 *   function named. BORROWED: it stays the library's, you may read it as long as the comment
 *   says. LENT: it stays yours, the library uses it during the call and keeps nothing.
 * - What can fail returns an InkStatus, and hands its result over through the pointers that come
 *   last and begin with `out`. After a failure an `out` for a pointer holds NULL. The reason, in
 *   words, is in ink_last_error_message().
 * - NULL where it is not allowed is a failure. Any other pointer must point to what it says:
 *   that no library can check.
 * - Text is UTF-8, ended by a NUL.
 * - Any thread may call any function. The images have no lock: many threads may read one image
 *   (const InkImage *), or one thread may change it (InkImage *) while no other uses it.
 */

#ifndef INK_H
#define INK_H

/* Written by cbindgen from crates/ink/src/abi. To change it, change that. */

#include <stddef.h>
#include <stdint.h>

/**
 * The version of the ABI this header describes: functions, types and their meaning. It grows
 * when something that exists changes; what is only added leaves it alone.
 */
#define INK_ABI_VERSION 1

/**
 * The largest area of an image, in pixels: 4096 by 4096.
 *
 * A limit, so that a wrong number or a hostile file costs an error and not all the memory.
 */
#define INK_MAX_PIXELS 16777216

/**
 * How a call went. The numbers are part of the ABI and never change their meaning; a later
 * version may add some, so treat one you do not know as a failure.
 */
typedef enum {
    /**
     * It worked.
     */
    INK_STATUS_OK = 0,
    /**
     * A pointer was NULL that must not be.
     */
    INK_STATUS_NULL_ARGUMENT = 1,
    /**
     * A text is not UTF-8, or has a NUL inside.
     */
    INK_STATUS_INVALID_TEXT = 2,
    /**
     * No image can have this size, or the buffer is not as long as the size says.
     */
    INK_STATUS_BAD_SIZE = 3,
    /**
     * There is no pixel at this place.
     */
    INK_STATUS_OUT_OF_BOUNDS = 4,
    /**
     * The caller's buffer is too small; how large it must be has been reported.
     */
    INK_STATUS_BUFFER_TOO_SMALL = 5,
    /**
     * The callback asked to stop.
     */
    INK_STATUS_STOPPED = 6,
    /**
     * The operating system could not read or write the file.
     */
    INK_STATUS_IO = 7,
    /**
     * The file is not a PNG that can be understood.
     */
    INK_STATUS_BAD_FILE = 8,
    /**
     * There was no memory for the pixels.
     */
    INK_STATUS_OUT_OF_MEMORY = 9,
    /**
     * A bug in the library, caught before it reached you.
     */
    INK_STATUS_PANIC = 10,
} InkStatus;

/**
 * A picture, with a title.
 *
 * It is opaque: only the functions below look inside, so what is inside may change without
 * breaking anybody. It has at least one pixel, and its size never changes.
 *
 * It has no lock. Any number of threads may read one image; a thread that changes it must be
 * the only one using it.
 */
typedef struct InkImage InkImage;

/**
 * One pixel: red, green and blue, a byte each.
 *
 * The layout is part of the ABI: three bytes in this order, no padding. A row of pixels is
 * therefore a row of bytes, which is what makes the zero-copy buffer possible.
 */
typedef struct {
    /**
     * Red, 0 to 255.
     */
    uint8_t r;
    /**
     * Green, 0 to 255.
     */
    uint8_t g;
    /**
     * Blue, 0 to 255.
     */
    uint8_t b;
} InkPixel;

/**
 * Called for a pixel: it may change `*pixel`, which is a copy that lives as long as the call.
 * Returns 0 to go on; anything else stops the work. `user_data` is what was given to
 * ink_image_map(), untouched.
 *
 * It must return: no longjmp() and no C++ exception may leave it.
 */
typedef int (*InkMapCallback)(uint32_t x, uint32_t y, InkPixel *pixel, void *user_data);

/**
 * Called when a long computation has been entered, on the thread that computes. `data` is what
 * was given to ink_set_work_hook(), untouched. It must return, as a callback must.
 */
typedef void (*InkWorkHook)(void *data);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The INK_ABI_VERSION of the library that was found at run time. Compare it with the one in
 * your header before anything else, and refuse to go on if they differ: a library of another
 * version would read your arguments differently, and nothing would notice.
 */
uint32_t ink_version(void);

/**
 * How many images and strings have been handed out and not freed. For tests: a program that
 * frees what it owns comes back to where it began.
 *
 * Each copy of the library counts for itself.
 */
size_t ink_live_allocations(void);

/**
 * Why the last failing call of this thread failed, in UTF-8. A call that succeeds leaves it as
 * it is; before the first failure it is empty. Never NULL.
 *
 * BORROWED: the library keeps it. It holds until the next call that fails on this thread, or
 * until the thread ends, so copy it at once, and do not free it.
 */
const char *ink_last_error_message(void);

/**
 * How bright a pixel looks, 0 to 255. The pixel is passed by value: a copy, nobody owns it.
 */
uint8_t ink_pixel_luma(InkPixel pixel);

/**
 * The same for a pixel in the caller's memory, which is read during the call and not kept.
 */
InkStatus ink_pixel_luma_at(const InkPixel *pixel,
                            uint8_t *out);

/**
 * Makes a black image without a title.
 *
 * OWNED: `*out` is yours; give it back with ink_image_free().
 */
InkStatus ink_image_new(uint32_t width, uint32_t height, InkImage **out);

/**
 * Makes an image with these pixels: row by row from the top left, three bytes each, `length`
 * bytes in all, which must be width * height * 3.
 *
 * LENT: `data` stays yours. It is copied, and not needed after the call.
 * OWNED: `*out` is yours; give it back with ink_image_free().
 */
InkStatus ink_image_from_pixels(uint32_t width,
                                uint32_t height,
                                const uint8_t *data,
                                size_t length,
                                InkImage **out);

/**
 * Frees an image, and with it whatever was borrowed from it: its title, its pixels. NULL is
 * fine, and does nothing. Freeing an image twice is not: the second time it is not yours.
 */
void ink_image_free(InkImage *image);

/**
 * How many pixels a row has: at least 1. For NULL it is 0.
 */
uint32_t ink_image_width(const InkImage *image);

/**
 * How many rows there are: at least 1. For NULL it is 0.
 */
uint32_t ink_image_height(const InkImage *image);

/**
 * Copies the pixel in column `x` of row `y` to `*out`. Both count from 0 at the top left.
 */
InkStatus ink_image_get_pixel(const InkImage *image,
                              uint32_t x,
                              uint32_t y,
                              InkPixel *out);

/**
 * Replaces the pixel in column `x` of row `y`.
 */
InkStatus ink_image_set_pixel(InkImage *image, uint32_t x, uint32_t y, InkPixel pixel);

/**
 * Shows the pixels without copying them: `*out_length` bytes from `*out_data` on, row by row
 * from the top left, three bytes a pixel, no gaps.
 *
 * BORROWED: the memory is the image's. The address holds until the image is freed, and what
 * changes the image changes what you see there. Do not write to it, and do not free it.
 */
InkStatus ink_image_pixels(const InkImage *image,
                           const uint8_t **out_data,
                           size_t *out_length);

/**
 * Sets the title: UTF-8, ended by a NUL.
 *
 * LENT: `title` stays yours. It is copied, and not needed after the call.
 * What ink_image_title() gave out before is gone when this succeeds.
 */
InkStatus ink_image_set_title(InkImage *image, const char *title);

/**
 * The title in UTF-8, empty if there is none; NULL only if `image` is NULL.
 *
 * BORROWED: the memory is the image's. It holds until the title is set again or the image is
 * freed. Do not free it.
 */
const char *ink_image_title(const InkImage *image);

/**
 * Copies the title, with the NUL that ends it, into the caller's buffer of `capacity` bytes.
 *
 * `*out_needed` is always set to the bytes it takes, the NUL included. If `capacity` is less,
 * nothing is copied and the status is INK_STATUS_BUFFER_TOO_SMALL. With NULL for `buffer`
 * nothing is copied and the call succeeds: that is how to ask for the size.
 *
 * LENT: `buffer` is yours before and after, and written to during the call.
 */
InkStatus ink_image_copy_title(const InkImage *image,
                               char *buffer,
                               size_t capacity,
                               size_t *out_needed);

/**
 * The image in words, such as "Sunset, 640 x 400 pixels" (with a proper multiplication sign):
 * a new string in UTF-8, made for you.
 *
 * OWNED: `*out` is yours; give it back with ink_string_free(). Not with free(): the memory came
 * from the library's allocator, and C's knows nothing of it.
 */
InkStatus ink_image_describe(const InkImage *image,
                             char **out);

/**
 * Frees a string that the library handed out as OWNED. NULL is fine, and does nothing.
 */
void ink_string_free(char *string);

/**
 * Calls `callback` for each pixel, row by row from the top left, on this thread and before it
 * returns. All or nothing: if the callback asks to stop, the status is INK_STATUS_STOPPED and
 * the image is as it was.
 *
 * The callback may read this image, and sees it as it was before. It must not free it.
 *
 * LENT: `user_data` is yours; the library does not look at it and does not keep it.
 */
InkStatus ink_image_map(InkImage *image,
                        InkMapCallback callback,
                        void *user_data);

/**
 * Blurs: each pixel becomes the mean of the square that reaches `radius` pixels from it in each
 * direction, cut off at the edges of the image. A radius of 0 changes nothing.
 *
 * The long computation. It needs nothing of its caller until it returns, and calls nothing but
 * the work hook, so a host with a global lock may release it meanwhile. Then it is the host that
 * must keep its other threads away from this image.
 */
InkStatus ink_image_blur(InkImage *image,
                         uint32_t radius);

/**
 * Sets the progress hook of the whole process: `hook` is called with `data` each time a long
 * computation has been entered. NULL clears it. Any thread may set it at any time.
 *
 * LENT: `data` is yours. It must stay good until the hook has been replaced or cleared and no
 * computation is running any more, and must bear being used from any thread.
 *
 * The hook may wait, and may set another hook. It must not touch the image being worked on.
 */
void ink_set_work_hook(InkWorkHook hook,
                       void *data);

/**
 * Reads a PNG file of any kind; what is transparent in it is laid on white. `path` is as the
 * operating system writes paths; where it has no opinion, UTF-8.
 *
 * LENT: `path` stays yours.
 * OWNED: `*out` is yours; give it back with ink_image_free().
 */
InkStatus ink_image_read(const char *path,
                         InkImage **out);

/**
 * Writes a PNG file, with the title in it. An existing file is replaced.
 *
 * LENT: `path` stays yours.
 */
InkStatus ink_image_write(const InkImage *image, const char *path);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* INK_H */
