// pybind_example.cpp, as it goes round.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h> // for std::vector support

namespace py = pybind11;

std::vector<double> process_data(const std::vector<double>& input) {
  // Perform some processing on the input data
  std::vector<double> output;
  for (double val : input) {
    output.push_back(val * 2.0);
  }
  return output;
}

PYBIND11_MODULE(pybind_example, m) {
  m.def("process_data", &process_data, "Process a vector of doubles");
}
