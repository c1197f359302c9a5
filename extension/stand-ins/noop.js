// Stands in for scripts of which a page needs nothing but that they load.
// It is there because a script that fails to load is an error that some pages do not get over.
// What it does not do: anything.
