// ANCHOR: one_name_for_c
// As it goes round.
extern "C" { // crucial for compatibility with ctypes
  int add(int a, int b) {
    return a + b;
  }
}
// ANCHOR_END: one_name_for_c
