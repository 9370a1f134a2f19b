#include "vault_c.h"

#include "vault.hpp"

// `extern "C"` is about the name. What is thrown still goes out.
int vault_open_c(int key) { return vault_open(key); }
