"""Parcels through pybind11 and through SWIG: what each tool takes a pointer for."""

import ctypes
import gc

import lab

POISON = ctypes.c_int(0xDDDDDDDD - 2**32).value


def tried_with(module, *things):
    """Does the things one after another and drops all that is left: how many parcels are
    alive then, and how many were destroyed twice."""
    alive, twice = module.alive(), module.destroyed_twice()
    for thing in things:
        thing()
    return module.alive() - alive, module.destroyed_twice() - twice


def tell(name, counts):
    lab.fact(f"{name}_left", counts[0])
    lab.fact(f"{name}_twice", counts[1])


def with_pybind11(pb):
    def handed_over():
        shelf = pb.Shelf()
        shelf.put(pb.Parcel(7))

    def fetched(name):
        shelf = pb.Shelf()
        shelf.add(7)
        getattr(shelf, name)()

    def outlives(name):
        """What a fetched parcel says once its shelf is gone."""
        shelf = pb.Shelf()
        shelf.add(7)
        parcel = getattr(shelf, name)()
        del shelf
        return parcel.content()

    tell("pybind_gift", tried_with(pb, lambda: pb.make_parcel(7)))
    tell("pybind_handed", tried_with(pb, handed_over))
    tell("pybind_default", tried_with(pb, lambda: fetched("first")))
    tell("pybind_lent", tried_with(pb, lambda: fetched("first_lent")))
    tell("pybind_held", tried_with(pb, lambda: fetched("first_held")))
    tell("pybind_copied", tried_with(pb, lambda: fetched("first_copied")))
    lab.fact("pybind_lent_reads_poison", outlives("first_lent") == POISON)
    lab.fact("pybind_held_reads", outlives("first_held"))
    lab.fact("pybind_copied_reads", outlives("first_copied"))

    # ANCHOR: shared_both_ways
    before, twice = pb.alive(), pb.destroyed_twice()
    shelf, parcel = pb.SharedShelf(), pb.SharedParcel(7)
    shelf.put(parcel)
    del parcel  # Python lets go first
    alive_on_the_shelf = pb.alive() - before
    parcel = shelf.first()
    shelf.clear()  # C++ lets go first
    alive_in_python = pb.alive() - before
    lab.fact("shared_reads", parcel.content())
    del parcel  # now both have
    lab.fact("shared_left", pb.alive() - before)
    # ANCHOR_END: shared_both_ways
    lab.fact("shared_twice", pb.destroyed_twice() - twice)
    lab.fact("shared_while_one_holds", min(alive_on_the_shelf, alive_in_python))

    gc.disable()
    before = pb.alive()
    parcel = pb.Parcel(7)
    during = pb.alive() - before
    del parcel
    lab.fact("destroyed_at_once", during == 1 and pb.alive() == before)
    gc.enable()


def with_swig(sw):
    def handed_over(put):
        shelf = sw.Shelf()
        put(shelf, sw.Parcel(7))

    def fetched():
        shelf = sw.Shelf()
        shelf.add(7)
        shelf.first()

    def disowned():
        sw.Parcel(7).thisown = False

    tell("swig_made", tried_with(sw, lambda: sw.Parcel(7)))
    tell("swig_disowned", tried_with(sw, disowned))
    tell("swig_gift", tried_with(sw, lambda: sw.make_parcel(7)))
    tell("swig_told_gift", tried_with(sw, lambda: sw.given_parcel(7)))
    tell("swig_lent", tried_with(sw, fetched))
    tell("swig_handed", tried_with(sw, lambda: handed_over(sw.Shelf.put)))
    tell("swig_told_handed", tried_with(sw, lambda: handed_over(sw.put_over)))
