%module vault_swig_bare
%{
#include "vault.hpp"
%}
int vault_open(int key);
