// ANCHOR: one_name_for_cpp
// The same without extern "C": C++ puts the types of the arguments into the name.
int add(int a, int b) {
  return a + b;
}
// ANCHOR_END: one_name_for_cpp
