// Parcels with pybind11, which has to be told who owns a pointer that comes back.
#include <pybind11/pybind11.h>

#include "parcel.hpp"

namespace py = pybind11;

PYBIND11_MODULE(parcel_pybind11, m)
{
    m.def("alive", &alive);
    m.def("destroyed_twice", &destroyed_twice);
    // A pointer that a function returns is taken for a gift. Here it is one.
    m.def("make_parcel", &make_parcel);

    // Python's objects own their parcel, each alone.
    py::class_<Parcel>(m, "Parcel").def(py::init<int>()).def("content", &Parcel::content);

    // ANCHOR: pointer_policies
    py::class_<Shelf>(m, "Shelf")
        .def(py::init<>())
        .def("add", &Shelf::add)
        // The shelf destroys it, and so does Python: neither knows of the other.
        .def("put", &Shelf::put)
        // Taken for a gift, and it is a loan.
        .def("first", &Shelf::first)
        // A loan, and nobody watches for how long.
        .def("first_lent", &Shelf::first, py::return_value_policy::reference)
        // A loan that keeps the lender alive.
        .def("first_held", &Shelf::first, py::return_value_policy::reference_internal)
        // No loan at all.
        .def("first_copied", &Shelf::first, py::return_value_policy::copy);
    // ANCHOR_END: pointer_policies

    // ANCHOR: shared_holder
    py::class_<SharedParcel, std::shared_ptr<SharedParcel>>(m, "SharedParcel")
        .def(py::init<int>())
        .def("content", &SharedParcel::content);
    py::class_<SharedShelf>(m, "SharedShelf")
        .def(py::init<>())
        .def("put", &SharedShelf::put)
        .def("first", &SharedShelf::first)
        .def("clear", &SharedShelf::clear);
    // ANCHOR_END: shared_holder
}
