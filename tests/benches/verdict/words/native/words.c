// A few questions about a text, for a C caller.

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>

int64_t words_count(const char *text) {
    int64_t count = 0;
    for (int inside = 0; *text; text++) {
        int letter = !isspace((unsigned char)*text);
        count += letter && !inside;
        inside = letter;
    }
    return count;
}

size_t words_longest(const char *text) {
    size_t longest = 0, length = 0;
    for (; *text; text++) {
        length = isspace((unsigned char)*text) ? 0 : length + 1;
        if (length > longest) longest = length;
    }
    return longest;
}

double words_per_line(int64_t words, int64_t lines) {
    return (double)words / (double)lines;
}
