package io.github.storeproof.conformance.cases.fs;

/// One step of a random sequence. The numbers choose among what there is when the step is made, so that every list of steps
/// is a sequence, also after shrinking. *Immutable.*
///
/// @param verb what is done
/// @param place who does it
/// @param which on which descriptor or node
/// @param bytes a length, a buffer size or an entry
/// @param offset where, in thousandths of the file's size
record SequenceStep(Verb verb, Place place, int which, int bytes, int offset) {
  /// What a step does.
  enum Verb {
    READ,
    OPEN_FILE,
    SEEK,
    PREAD,
    TELL,
    FSTAT,
    DUPLICATE,
    PASS,
    CLOSE,
    OPEN_DIRECTORY,
    LIST,
    SEEK_ENTRY,
    REWIND,
    LOOK,
    MISS,
    CHANGE_DIRECTORY,
    LOOK_FROM_DIRECTORY,
    FORGET_PAGES,
    DROP_CACHES
  }
}
