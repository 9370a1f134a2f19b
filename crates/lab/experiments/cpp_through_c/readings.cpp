#include "readings.hpp"

#include <numeric>

static int count = 0;

Readings::Readings(const std::string &unit) : unit_(unit) { count++; }

Readings::~Readings() { count--; }

void Readings::add(double value) { values_.push_back(value); }

double Readings::mean() const
{
    double sum = std::accumulate(values_.begin(), values_.end(), 0.0);
    return values_.empty() ? 0 : sum / static_cast<double>(values_.size());
}

int living() { return count; }

int kind_of(int) { return 1; }

int kind_of(double) { return 2; }

// With this there is one, for int.
template int largest<int>(int, int);
