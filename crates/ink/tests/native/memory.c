/*
 * No memory is an error and not the end of the process: the program forbids itself to take any
 * and then asks for a large image. Compiled and run by tests/native.rs, on Linux.
 */
#include <stdio.h>
#include <sys/resource.h>

#include "ink.h"

int main(void) {
    const struct rlimit limit = {32 << 20, 32 << 20}; /* less than the 48 MiB of such an image */
    InkImage *image = NULL;
    InkStatus status;
    if (setrlimit(RLIMIT_AS, &limit) != 0) {
        perror("setrlimit");
        return 1;
    }
    status = ink_image_new(4096, 4096, &image);
    if (status != INK_STATUS_OUT_OF_MEMORY || image != NULL || ink_live_allocations() != 0) {
        fprintf(stderr, "status %d: %s\n", (int)status, ink_last_error_message());
        return 1;
    }
    return 0;
}
