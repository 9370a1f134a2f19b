"""`ink.h` as cffi reads it: C without a preprocessor, and only what is called.

API mode compiles this together with the header, and the compiler compares them. In ABI mode
nobody does: what is wrong here is a wrong call.
"""

DECLARATIONS = """
#define INK_ABI_VERSION 1

typedef enum { INK_STATUS_INVALID_TEXT = 2, INK_STATUS_IO = 7 } InkStatus;
typedef struct InkImage InkImage;
typedef struct { uint8_t r, g, b; } InkPixel;
typedef int (*InkMapCallback)(uint32_t x, uint32_t y, InkPixel *pixel, void *user_data);
typedef void (*InkWorkHook)(void *data);

uint32_t ink_version(void);
size_t ink_live_allocations(void);
const char *ink_last_error_message(void);
uint8_t ink_pixel_luma(InkPixel pixel);

InkStatus ink_image_new(uint32_t width, uint32_t height, InkImage **out);
InkStatus ink_image_from_pixels(uint32_t width, uint32_t height, const uint8_t *data,
                                size_t length, InkImage **out);
InkStatus ink_image_read(const char *path, InkImage **out);
InkStatus ink_image_write(const InkImage *image, const char *path);
void ink_image_free(InkImage *image);
uint32_t ink_image_width(const InkImage *image);
uint32_t ink_image_height(const InkImage *image);
InkStatus ink_image_get_pixel(const InkImage *image, uint32_t x, uint32_t y, InkPixel *out);
InkStatus ink_image_set_pixel(InkImage *image, uint32_t x, uint32_t y, InkPixel pixel);
InkStatus ink_image_pixels(const InkImage *image, const uint8_t **out_data, size_t *out_length);
InkStatus ink_image_set_title(InkImage *image, const char *title);
const char *ink_image_title(const InkImage *image);
InkStatus ink_image_describe(const InkImage *image, char **out);
void ink_string_free(char *string);
InkStatus ink_image_map(InkImage *image, InkMapCallback callback, void *user_data);
InkStatus ink_image_blur(InkImage *image, uint32_t radius);
void ink_set_work_hook(InkWorkHook hook, void *data);
"""
