"""Lists through pybind11: what is taken for a vector, and who sees whose changes."""

import sys

import lab


def what_is_taken(m):
    lab.fact("taken_tuple", m.process_data((1.0, 2.0)) == [2.0, 4.0])
    lab.fact("taken_range", m.process_data(range(3)) == [0.0, 2.0, 4.0])
    lab.fact("taken_ints", repr(m.process_data([1, True])))
    lab.fact("taken_large", m.process_data([2**53 + 1]) == [2.0 * 2**53])
    lab.fact("taken_text", lab.raised(m.process_data, "12"))
    lab.fact("taken_text_inside", lab.raised(m.process_data, [1.0, "2"]))
    lab.fact("taken_none", lab.raised(m.process_data, None))
    lab.fact("taken_huge", lab.raised(m.process_data, [10**400]))
    lab.fact("taken_empty", m.process_data([]) == [])


def the_example_goes_round(m):
    ran = lab.run([sys.executable, lab.here / "python_caller_pybind.py"])
    lab.fact("printed", ran.stdout.strip().replace("\n", "; "))
    given = [1.0, 2.0]
    returned = m.process_data(given)
    returned.append(0.0)
    lab.fact("copies_result", given == [1.0, 2.0] and m.process_data(given) == [2.0, 4.0])


def nothing_comes_back(m):
    # ANCHOR: nothing_comes_back
    numbers = [1.0, 2.0, 3.0]
    m.double_in_place(numbers)
    lab.fact("copies_in_place", repr(numbers))
    track = m.Track()
    track.points.append(4.0)  # to a list that was made for this one look
    lab.fact("copies_appended", track.size())
    track.points = [*track.points, 4.0]
    lab.fact("copies_assigned", track.size())
    # ANCHOR_END: nothing_comes_back
    lab.fact("copies_each_look", track.points is not track.points)


def one_vector_for_both(m):
    # ANCHOR: one_vector_for_both
    numbers = m.Doubles([1.0, 2.0, 3.0])
    m.double_in_place(numbers)
    lab.fact("shared_in_place", repr(list(numbers)))
    track = m.Track()
    track.points.append(4.0)
    lab.fact("shared_appended", track.size())
    lab.fact("shared_list", lab.raised(m.double_in_place, [1.0, 2.0]))
    # ANCHOR_END: one_vector_for_both
    view = memoryview(numbers)
    view[0] = 50.0
    lab.fact("shared_buffer", numbers[0])


if m := lab.module("pybind_example", for_series=["taken", "printed", "copies_result"]):
    what_is_taken(m)
    the_example_goes_round(m)
if m := lab.module("in_place", for_series=["copies"]):
    nothing_comes_back(m)
if m := lab.module("shared", for_series=["shared"]):
    one_vector_for_both(m)
if m := lab.module("without_stl", for_series=["forgotten"]):
    lab.fact("forgotten", lab.raised(m.first, [1.0]))
