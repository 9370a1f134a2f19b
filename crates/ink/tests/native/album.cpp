// The C++ layer as a C++ program uses it. Compiled and run by tests/native.rs. Prints nothing and
// returns 0 if everything is as ink.hpp says.
#include "ink.hpp"

#include <cstdlib>
#include <iostream>
#include <type_traits>

#define EXPECT(condition)                                                                \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            std::cerr << __FILE__ << ":" << __LINE__ << ": not so: " #condition "\n";    \
            std::exit(1);                                                                \
        }                                                                                \
    } while (0)

static_assert(std::is_nothrow_move_constructible_v<ink::Image>);
static_assert(!std::is_copy_constructible_v<ink::Image>);

// Runs `work`, and returns the code of the ink::Error it must throw.
template <typename Work> InkStatus code_of(Work work) {
    try {
        work();
    } catch (const ink::Error &error) {
        return error.code();
    }
    return INK_STATUS_OK;
}

static void frees_what_it_owns() {
    ink::Image one(4, 3);
    ink::Image two = std::move(one);
    EXPECT(ink::live_allocations() == 1); // moved, not copied
    EXPECT(two.width() == 4 && two.height() == 3);
    EXPECT(code_of([&] { one.width(); }) == INK_STATUS_NULL_ARGUMENT);
    EXPECT(code_of([&] { one.blur(1); }) == INK_STATUS_NULL_ARGUMENT);
    one = ink::Image(1, 1); // a moved-from object can be filled again
    EXPECT(one.width() == 1 && ink::live_allocations() == 2);
}

static void pixels_go_in_and_out_as_vectors() {
    const std::vector<ink::Pixel> pixels = {{1, 2, 3}, {4, 5, 6}};
    ink::Image image = ink::Image::from_pixels(2, 1, pixels);
    EXPECT(image.pixels() == pixels);
    EXPECT(image.size_bytes() == 6 && image.data()[3] == 4);
    image.set(1, 0, {7, 8, 9});
    EXPECT(image.data()[3] == 7);              // borrowed: the same memory
    EXPECT((pixels[1] == ink::Pixel{4, 5, 6})); // a copy: not touched
    EXPECT((image.get(1, 0) == ink::Pixel{7, 8, 9}));
    EXPECT(code_of([&] { ink::Image::from_pixels(2, 2, pixels); }) == INK_STATUS_BAD_SIZE);
    EXPECT(code_of([&] { ink::Image::from_pixels(2, 2, {}); }) == INK_STATUS_BAD_SIZE);
}

static void strings_are_copies() {
    ink::Image image(2, 2);
    image.set_title("Caf\xC3\xA9");
    const std::string title = image.title();
    image.set_title("something else");
    EXPECT(title == "Caf\xC3\xA9");
    EXPECT(image.describe() == "something else, 2 \xC3\x97 2 pixels");
    EXPECT(ink::live_allocations() == 1); // the words are freed
    EXPECT(code_of([&] { image.set_title(std::string("a\0b", 3)); }) == INK_STATUS_INVALID_TEXT);
    EXPECT(code_of([&] { image.set_title("\xFF"); }) == INK_STATUS_INVALID_TEXT);
    EXPECT(image.title() == "something else");
}

static void a_clone_is_independent() {
    ink::Image image(2, 2);
    image.set_title("first");
    ink::Image copy = image.clone();
    copy.set(0, 0, {9, 9, 9});
    EXPECT(copy.title() == "first");
    EXPECT((image.get(0, 0) == ink::Pixel{0, 0, 0}));
}

static void an_exception_crosses_the_c_frames() {
    struct Spilt {
        int drops;
    };
    ink::Image image(3, 3);
    int calls = 0;
    try {
        image.map([&](auto, auto, ink::Pixel pixel) {
            if (++calls == 5) {
                throw Spilt{42};
            }
            pixel.b = 1;
            return pixel;
        });
        EXPECT(!"map must throw");
    } catch (const Spilt &spilt) {
        EXPECT(spilt.drops == 42); // the very exception, of a type the library never saw
    }
    EXPECT(calls == 5);
    EXPECT((image.get(0, 0) == ink::Pixel{0, 0, 0})); // all or nothing

    image.map([&](std::uint32_t x, std::uint32_t y, ink::Pixel) {
        EXPECT(image.get(x, y).r == 0); // the callback may read the image
        return ink::Pixel{static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0};
    });
    EXPECT((image.get(2, 1) == ink::Pixel{2, 1, 0}));
}

static void an_empty_function_throws_and_does_not_crash() {
    ink::Image image(1, 1);
    bool thrown = false;
    try {
        image.map(nullptr);
    } catch (const std::bad_function_call &) {
        thrown = true;
    }
    EXPECT(thrown);
}

static void errors_have_a_code_and_a_class() {
    try {
        ink::Image::read("no/such/file.png");
        EXPECT(!"read must throw");
    } catch (const ink::IoError &error) {
        EXPECT(error.code() == INK_STATUS_IO);
        EXPECT(std::string(error.what()).find("no/such/file.png") != std::string::npos);
    }
    EXPECT(code_of([] { ink::Image(0, 1); }) == INK_STATUS_BAD_SIZE);
    EXPECT(code_of([] { ink::Image(1, 1).get(1, 0); }) == INK_STATUS_OUT_OF_BOUNDS);
}

static void an_album_shares_its_images() {
    auto image = ink::Image::shared(2, 2);
    {
        ink::Album album;
        album.add(image);
        album.add(image);
        EXPECT(album.size() == 2 && image.use_count() == 3);
        album.at(1)->set(0, 0, {5, 5, 5});
        EXPECT(code_of([&] { album.at(2); }) == INK_STATUS_OUT_OF_BOUNDS);
        EXPECT(code_of([&] { album.add(nullptr); }) == INK_STATUS_NULL_ARGUMENT);
    }
    EXPECT(image.use_count() == 1); // the album is gone, the image is not
    EXPECT((image->get(0, 0) == ink::Pixel{5, 5, 5}));

    ink::Album album;
    album.add(std::move(image));
    EXPECT(ink::live_allocations() == 1); // now the album is the last owner
}

static void files_round_trip(const std::string &path) {
    ink::Image image(3, 3);
    image.set(1, 1, {255, 255, 255});
    image.blur(1);
    image.set_title("Fenêtre");
    image.write(path);
    const ink::Image read = ink::Image::read(path);
    EXPECT(read.pixels() == image.pixels() && read.title() == image.title());
    EXPECT(ink::luma(read.get(1, 1)) == 28);
}

int main(int argc, char **argv) {
    EXPECT(argc == 2);
    ink::require_version();
    frees_what_it_owns();
    pixels_go_in_and_out_as_vectors();
    strings_are_copies();
    a_clone_is_independent();
    an_exception_crosses_the_c_frames();
    an_empty_function_throws_and_does_not_crash();
    errors_have_a_code_and_a_class();
    an_album_shares_its_images();
    files_round_trip(argv[1]);
    EXPECT(ink::live_allocations() == 0);
    return 0;
}
