package io.github.storeproof.ci.faultystore;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is wrong with a [FaultyStore], the rule that must fail on it, and what the failure must say.
public enum StoreFault {
  /// It conforms.
  NONE("", ""),
  /// It conforms: sizes by both rules are right, and those between.
  SIZES_MAY_BE_OF_BOTH_RULES("", ""),
  /// It conforms: not every server has a PathInfoService, and it claims none.
  PATH_INFOS_ARE_NOT_SERVED("", ""),
  /// It conforms: it can be read only, and says so.
  NOTHING_NEED_BE_PUT("", ""),
  /// It cannot be judged: it can be read only, and does not say so.
  NOTHING_CAN_BE_PUT("", ""),
  /// It conforms: it claims no List.
  LISTS_ARE_NOT_SUPPORTED("", ""),

  PUT_ANSWERS_ANOTHER_DIGEST("BLOB-1", "OK and the digest"),
  PUT_ENDS_AT_AN_EMPTY_MESSAGE("BLOB-1", "OK and the digest"),
  PUT_ANSWERS_A_SHORT_DIGEST("BLOB-1", "a digest of 31 bytes"),
  PUT_REFUSES_NO_BYTES("BLOB-1", "INVALID_ARGUMENT"),
  PUT_CUTS_LARGE_BLOBS("BLOB-1", "Put of 5242885 bytes"),
  PUT_REFUSES_LARGE_MESSAGES("BLOB-1/messages-of-one-mebibyte", "messages of 1 MiB"),
  PUT_FORGETS_MESSAGES_AFTER_A_THOUSAND(
      "BLOB-1/messages-of-one-byte", "Put of 5000 bytes in 5000 messages"),
  PUTS_AT_ONCE_MIX("BLOB-1/blobs-that-come-in-turns-are-kept-apart", "whose messages take turns"),
  PUT_NEVER_ENDS("BLOB-1", "every call is answered within"),
  READ_SENDS_ONE_MESSAGE("BLOB-2", "a message of 94"),
  READ_LOSES_THE_LAST_BYTE("BLOB-2", "bytes, different from byte"),
  READ_REPEATS_A_MESSAGE("BLOB-2", "different from byte"),
  READ_LOSES_THE_LAST_OF_FULL_BUFFERS(
      "BLOB-2/blobs-that-fill-their-buffers-are-whole", "OK and 0 bytes"),
  READ_LOSES_WHAT_FOLLOWS_A_FULL_BUFFER(
      "BLOB-2/blobs-that-fill-their-buffers-are-whole", "OK and 4194304 bytes"),
  READS_OF_A_BLOB_SHARE_THEIR_PLACE(
      "BLOB-2/reads-of-one-blob-have-their-own-places", "begins in the middle of another"),
  READS_THAT_WERE_CANCELLED_ARE_REMEMBERED(
      "BLOB-2/a-read-that-is-given-up-takes-nothing-away", "OK and"),
  ONLY_A_HUNDRED_BLOBS_ARE_KEPT("BLOB-2/many-blobs-are-all-kept", "Read of 50 bytes"),
  COMPRESSED_CONTENT_IS_EXPANDED(
      "BLOB-2/contents-come-back-whatever-they-look-like", "Read of a gzip file"),
  LINE_BREAKS_AT_THE_END_ARE_LOST(
      "BLOB-2/contents-come-back-whatever-they-look-like", "end in a line break"),
  MISSING_BLOBS_STAY_MISSING(
      "BLOB-2/a-blob-that-was-asked-for-before-is-there", "asked for before its Put"),
  MISSING_CHUNKS_STAY_MISSING(
      "BLOB-2/a-blob-that-was-asked-for-before-is-there", "asked for before its Put"),
  DIGESTS_END_AT_A_ZERO(
      "BLOB-2/blobs-with-a-zero-in-their-digests-are-kept-apart", "different from byte"),
  BLOBS_BELONG_TO_A_CONNECTION("BLOB-2/a-blob-is-there-for-others", "on another connection"),
  STAT_NEEDS_CHUNKS("BLOB-2/what-was-put-is-found-by-stat", "Stat of"),
  STAT_FAILS_FOR_HASH_TREES("BLOB-2/what-was-put-is-found-by-stat", "with its hash tree"),
  THE_EMPTY_BLOB_IS_NOT_FOUND("BLOB-2", "NOT_FOUND"),
  SHORT_DIGESTS_ARE_NOT_FOUND("BLOB-3", "INVALID_ARGUMENT"),
  SHORT_DIGESTS_ARE_FILLED_UP("BLOB-3", "a digest of 31 bytes: INVALID_ARGUMENT"),
  UNKNOWN_BLOBS_ARE_EMPTY("BLOB-3", "Read of an unknown digest: NOT_FOUND"),
  UNKNOWN_BLOBS_ARE_INTERNAL("BLOB-3", "INTERNAL"),
  DIGESTS_ARE_COMPARED_BY_THEIR_BEGINNING("BLOB-3", "an unknown digest: NOT_FOUND"),
  PUTTING_AGAIN_FAILS("BLOB-4", "ALREADY_EXISTS"),
  PUTS_AT_ONCE_COLLIDE("BLOB-4", "each of 16 Puts at once"),
  CANCELLED_PUTS_ARE_STORED("BLOB-5", "Stat of what a failed Put sent: NOT_FOUND"),
  BROKEN_PUTS_ARE_STORED("BLOB-5", "Stat of what a failed Put sent: NOT_FOUND"),
  CANCELLED_PUTS_REMOVE_WHAT_WAS_THERE(
      "BLOB-5/a-cancelled-put-of-what-is-there-takes-nothing-away", "NOT_FOUND"),
  CANCELLED_PUTS_LEAVE_WHOLE_CHUNKS(
      "BLOB-5/a-cancelled-put-leaves-no-whole-chunk", "a chunk of what a cancelled Put sent"),
  CHUNKS_DO_NOT_SUM_UP("BLOB-6", "chunks that sum up to"),
  CHUNKS_OVERFLOW("BLOB-6", "more than the blob has"),
  CHUNKS_HAVE_OTHER_DIGESTS("BLOB-6", "a chunk of"),
  CHUNKS_ARE_NOT_FOUND("BLOB-6", "Read of a chunk of"),
  CHUNKS_CHANGE_PLACES("BLOB-6", "has the digest of its bytes"),
  CHUNKS_COME_AGAIN_WITH_EACH_PUT("BLOB-6/chunks-stay-those-of-the-blob", "chunks that sum up to"),
  CORRUPT_BLOBS_ARE_SERVED("BLOB-7", "an error, or the bytes that were put"),
  EMPTIED_FILES_ARE_SERVED("BLOB-7", "the 3001 bytes"),
  CUT_FILES_ARE_SERVED("BLOB-7", "the 3002 bytes"),
  REMOVED_FILES_ARE_EMPTY("BLOB-7/bytes-that-changed-are-not-served", "the 3003 bytes"),
  REMOVED_FILES_END_THE_CALL("BLOB-7/bytes-that-changed-are-not-served", "CANCELLED"),
  LISTS_OF_CHUNKS_ARE_BELIEVED("BLOB-7/bytes-that-changed-are-not-served", "the 1500003 bytes"),
  PUTS_LEAVE_CORRUPT_FILES("BLOB-7/a-put-mends-what-has-changed", "and was put again"),
  CANCELLED_CALLS_KEEP_THEIR_PLACE("BLOB-8", "every call is answered within"),
  DEADLINES_ARE_IGNORED("BLOB-8", "the server ends a call"),
  DEADLINES_END_WITH_THE_FIRST_MESSAGE(
      "BLOB-8/a-call-that-pauses-ends-at-its-deadline", "has begun to answer"),
  SILENT_CLIENTS_TAKE_ALL_PLACES(
      "BLOB-8/silent-clients-hold-up-nobody", "every call is answered within"),
  SLOW_CLIENTS_HOLD_UP_OTHERS(
      "BLOB-8/a-slow-client-holds-up-nobody", "every call is answered within"),
  SERVICES_ARE_IN_ANOTHER_PACKAGE("GRP-1", "any answer but UNIMPLEMENTED"),
  PATH_INFOS_ARE_IN_ANOTHER_PACKAGE("GRP-1", "any answer but UNIMPLEMENTED"),
  CLAIMED_PATH_INFOS_ARE_NOT_SERVED("PIN-1", "UNIMPLEMENTED"),
  UNKNOWN_METHODS_ARE_INTERNAL("GRP-1", "a call of"),
  COMPRESSED_MESSAGES_ARE_TAKEN_AS_THEY_ARE(
      "GRP-1/compressed-messages-are-what-they-were-or-unimplemented", "in compressed messages"),
  LARGE_REQUESTS_CLOSE_THE_CONNECTION("GRP-1", "(8388608 bytes)"),

  PUT_ANSWERS_THE_FIRST_DIRECTORY("DSV-1", "the digest of the root"),
  DIRECTORIES_CANNOT_BE_PUT("DSV-1", "INTERNAL (not supported)"),
  CLAIMED_PUTS_ARE_NOT_SUPPORTED("DSV-1", "INTERNAL (not supported)"),
  EXECUTABLES_ARE_PLAIN("DSV-1", "OK and another"),
  NAMES_ARE_TEXT("DSV-1", "OK and another"),
  LONG_TARGETS_ARE_CUT("DSV-1", "OK and another"),
  SIZES_ARE_FLOATING("DSV-1/every-name-and-target-comes-back", "OK and another"),
  LARGE_DIRECTORIES_ARE_REFUSED("DSV-1/deep-and-wide-trees-come-back", "RESOURCE_EXHAUSTED"),
  TREES_AT_ONCE_MIX("DSV-1/trees-that-come-in-turns-are-kept-apart", "whose messages take turns"),
  DIRECTORIES_BELONG_TO_A_CONNECTION("DSV-1/a-tree-is-there-for-others", "on another connection"),
  DEEP_TREES_ARE_REFUSED("DSV-1", "RESOURCE_EXHAUSTED"),
  UNKNOWN_DIRECTORIES_ARE_EMPTY("DSV-1", "Get of an unknown digest: NOT_FOUND"),
  SHORT_DIGESTS_HAVE_EMPTY_TREES(
      "DSV-1/unknown-and-other-digests", "recursive Get of a digest of 0 bytes"),
  MISSING_DIRECTORIES_STAY_MISSING(
      "DSV-1/a-tree-that-was-asked-for-before-is-there", "asked for before its Put"),
  OTHER_FORMS_ARE_HASHED(
      "DSV-1/other-forms-of-a-directory-are-hashed-as-the-canonical-one",
      "its symlinks before its files"),
  UNKNOWN_FIELDS_COME_BACK(
      "DSV-1/other-forms-of-a-directory-are-hashed-as-the-canonical-one",
      "was put with a field that nobody knows"),
  CHILDREN_COME_FIRST("DSV-2", "before any directory that has it"),
  SHARED_DIRECTORIES_COME_AGAIN("DSV-2", "twice"),
  LEAVES_DO_NOT_COME("DSV-2", "of the"),
  BROAD_TREES_ARE_CUT("DSV-2/gets-of-one-tree-have-their-own-places", "1001 of the"),
  LARGE_TREES_ARE_REFUSED("DSV-2/gets-of-one-tree-have-their-own-places", "RESOURCE_EXHAUSTED"),
  GETS_OF_A_TREE_SHARE_THEIR_PLACE(
      "DSV-2/gets-of-one-tree-have-their-own-places", "begins in the middle of another"),
  ROOTS_THAT_BECAME_BRANCHES_ARE_LOST(
      "DSV-2/trees-that-become-branches-stay-trees", "a directory of another root"),
  DEPTH_COMES_FIRST("DSV-2", "level by level"),
  ORDER_IS_NOT_CHECKED("DSV-3", "not sorted"),
  ORDER_IS_OF_SIGNED_BYTES("DSV-3", "signed bytes"),
  DUPLICATES_ARE_NOT_CHECKED("DSV-3", "a name as file and symlink"),
  NAMES_ARE_NOT_CHECKED("DSV-3", "an empty name"),
  LONG_NAMES_ARE_TAKEN("DSV-3", "a name of 256 bytes"),
  DIGESTS_ARE_NOT_CHECKED("DSV-3", "a digest of 0 bytes"),
  TARGETS_ARE_NOT_CHECKED("DSV-3", "target"),
  ONLY_ROOTS_ARE_CHECKED("DSV-3/every-rule-of-directories-is-checked", "below a right root"),
  ONLY_FIRST_ENTRIES_ARE_CHECKED(
      "DSV-3/every-rule-of-directories-is-checked", "behind a right one"),
  SIZES_ARE_NOT_CHECKED("DSV-3", "a directory of 3 entries with size"),
  CHILDREN_ARE_NOT_LOOKED_FOR("DSV-3", "never came"),
  ONLY_FIRST_CHILDREN_ARE_LOOKED_FOR(
      "DSV-3/every-rule-of-directories-is-checked", "never came (behind a right one)"),
  BLOBS_ARE_DIRECTORIES_TOO("DSV-3/a-blob-is-no-directory", "was put as a blob"),
  CHILDREN_ARE_LOOKED_FOR_IN_THE_STORE(
      "DSV-3/children-of-an-earlier-stream-are-refused", "in an earlier stream only"),
  STRAYS_ARE_TAKEN("DSV-3", "nothing leads to"),
  EMPTY_STREAMS_ARE_TAKEN("DSV-3", "Put of no directory"),
  REFUSALS_ARE_UNKNOWN("DSV-3", "UNKNOWN"),
  REFUSED_PUTS_ARE_STORED("DSV-4", "a refused Put"),
  REFUSED_PUTS_REMOVE_WHAT_WAS_THERE("DSV-4/a-refused-put-takes-nothing-away", "NOT_FOUND"),
  PUTS_OF_A_TREE_AT_ONCE_COLLIDE(
      "DSV-4/sixteen-puts-of-a-tree-at-once-succeed", "each of 16 Puts of a tree at once"),
  REFUSED_TREES_STAY_REFUSED("DSV-4/a-refused-put-stores-nothing", "refused before"),
  REPEATED_DIRECTORIES_ARE_REFUSED("DSV-4", "INVALID_ARGUMENT"),
  CANCELLED_TREES_ARE_STORED("DSV-4", "Get of what a cancelled Put sent"),
  CANCELLED_TREES_REMOVE_WHAT_WAS_THERE("DSV-4", "before a cancelled Put that sent it too"),
  UNKNOWN_TREES_ARE_INTERNAL("DSV-5", "INTERNAL"),
  CHILDREN_COME_FOR_THEIR_PARENTS("DSV-5", "a directory that is no root"),
  TREES_COME_FOR_THEIR_BRANCHES(
      "DSV-5/directories-below-the-root", "recursive Get of a directory that is no root"),
  HUGE_DIRECTORIES_ARE_INTERNAL("DSV-6", "INTERNAL"),
  HUGE_DIRECTORIES_STOP_THE_SERVER("DSV-6", "Put of a directory of 100000 entries"),
  SIZES_FOLLOW_THE_OTHER_RULE("DSV-7", "declared is SNIX"),
  SIZES_FOLLOW_A_THIRD_RULE("DSV-7/sizes-follow-a-rule-that-is-known", "each is refused"),
  SIZES_FOLLOW_ONE_OF_TWO_RULES("DSV-7", "declared is EITHER"),
  SIZES_ABOVE_BOTH_RULES_ARE_TAKEN(
      "DSV-7/sizes-beside-those-that-are-declared-are-refused", "for one that has"),
  SIZES_BELOW_BOTH_RULES_ARE_TAKEN(
      "DSV-3/every-rule-of-directories-is-checked", "a directory of 3 entries with size 2"),
  MANY_DIRECTORIES_STOP_THE_SERVER("DSV-8", " directories"),
  DEEP_TREES_STOP_THE_SERVER("DSV-8", " directories"),
  DEEP_ARCHIVES_STOP_THE_SERVER(
      "DSV-8/an-archive-of-a-deep-tree-is-made-or-refused", " directories in each other"),
  UNKNOWN_FIELDS_ARE_HASHED("DSV-8", "a field that nobody knows"),

  UNKNOWN_PATH_INFOS_ARE_EMPTY("PIN-1", "Get of an unknown hash: NOT_FOUND"),
  SHORT_HASHES_ARE_NOT_FOUND("PIN-1", "INVALID_ARGUMENT"),
  HASHES_ARE_TEXT("PIN-1", "Get of a hash of 32 bytes"),
  DERIVERS_ARE_DROPPED("PIN-2", "deriver is absent"),
  PUT_ANSWERS_NO_SIGNATURES("PIN-2/what-was-put-comes-back", "Put of a path info: OK"),
  SIGNATURES_ARE_DROPPED("PIN-2", "a signature is missing"),
  ONE_SIGNATURE_IS_KEPT("PIN-2/what-was-put-comes-back", "a signature is missing"),
  THE_FIRST_PATH_INFO_STAYS("PIN-2/what-was-put-again-comes-back", "a signature is missing"),
  NARINFOS_BELONG_TO_THEIR_NODES("PIN-2/what-was-put-comes-back", "Get of the path info"),
  PATH_INFOS_BELONG_TO_A_CONNECTION(
      "PIN-2/a-path-info-is-there-for-others", "on another connection"),
  MISSING_PATH_INFOS_STAY_MISSING(
      "PIN-2/a-path-info-that-was-asked-for-before-is-there", "asked for before its Put"),
  HASHES_END_AT_A_ZERO("PIN-2/path-infos-whose-hashes-look-alike-are-kept-apart", "entry is"),
  HASHES_HAVE_LETTERS_OF_ONE_CASE(
      "PIN-2/path-infos-whose-hashes-look-alike-are-kept-apart", "entry is"),
  HASHES_ARE_VALID_TEXT("PIN-2/path-infos-whose-hashes-look-alike-are-kept-apart", "entry is"),
  PATH_INFOS_AT_ONCE_COLLIDE("PIN-2/puts-at-once-succeed", "each of 16 Puts at once"),
  SIGNATURES_OF_A_KEY_ARE_ONE("PIN-2/all-signatures-of-a-key-come-back", "a signature is missing"),
  ARCHIVE_SIZES_HAVE_32_BITS("PIN-2/sizes-of-any-length-come-back-or-are-refused", "nar_size is"),
  CHILDREN_ARE_LOST_AT_A_RESTART(
      "PIN-2/what-was-put-outlives-the-server", "recursive Get of the root directory"),
  CHUNKS_ARE_LOST_AT_A_RESTART("PIN-2/what-was-put-outlives-the-server", "Read of a chunk of"),
  CONTENT_ADDRESSES_ARE_OF_ARCHIVES(
      "PIN-2/every-kind-of-content-address-comes-back", "ca is NAR_SHA1"),
  TEXTS_HAVE_NO_CONTENT_ADDRESS(
      "PIN-2/every-kind-of-content-address-comes-back", "INVALID_ARGUMENT"),
  LONG_STORE_PATHS_ARE_REFUSED(
      "PIN-2/names-of-any-characters-and-lengths-come-back", "INVALID_ARGUMENT"),
  NAMES_HAVE_NO_QUESTION_MARK(
      "PIN-2/names-of-any-characters-and-lengths-come-back", "INVALID_ARGUMENT"),
  MANY_REFERENCES_ARE_CUT("PIN-2/many-references-come-back", "references is"),
  TARGETS_OF_ROOTS_ARE_TEXT("PIN-2/targets-of-any-bytes-come-back", "entry is"),
  REFERENCES_ARE_SORTED_AWAY("PIN-2", "references is"),
  CONTENT_ADDRESSES_ARE_DROPPED("PIN-2", "ca is absent"),
  PATH_INFOS_ARE_LOST_AT_A_RESTART("PIN-2", "Get of the path info"),
  ARCHIVE_DIGESTS_ARE_NOT_CHECKED("PIN-3", "a nar_sha256 of"),
  REFERENCE_LENGTHS_ARE_NOT_CHECKED("PIN-3", "a reference of"),
  REFERENCE_COUNTS_ARE_NOT_CHECKED("PIN-3", "2 references and"),
  CONTENT_ADDRESSES_ARE_NOT_CHECKED("PIN-3", "a content address"),
  STORE_PATHS_ARE_NOT_CHECKED("PIN-3", "the name"),
  DERIVER_NAMES_ARE_NOT_CHECKED("PIN-3", "the deriver name"),
  NODES_ARE_NOT_CHECKED("PIN-3", "a digest of 31 bytes"),
  ARCHIVES_ARE_NOT_PADDED("PIN-4", "nar_size"),
  ARCHIVES_HAVE_FILES_FIRST("PIN-4", "nar_sha256"),
  ARCHIVES_HAVE_NO_EXECUTABLES("PIN-4", "nar_size"),
  ARCHIVES_END_LARGE_FILES_EARLY("PIN-4/roots-of-every-kind-have-their-archive", "nar_sha256"),
  ARCHIVES_TAKE_SIZES_FROM_NODES(
      "PIN-4/a-size-that-is-not-the-blobs-makes-no-archive", "another size"),
  ARCHIVES_TAKE_SIZES_FROM_DIRECTORIES(
      "PIN-4/a-size-that-is-not-the-blobs-makes-no-archive", "a directory whose file has another"),
  FILES_WITHOUT_SIZE_ARE_EMPTY(
      "PIN-4/a-blob-that-is-said-to-be-empty-makes-no-archive", "another size"),
  ARCHIVES_OF_NOTHING_ARE_EMPTY(
      "PIN-4/nodes-that-are-none-are-an-error", "CalculateNAR of no node"),
  MISSING_CONTENT_IS_EMPTY("PIN-4", "never put"),
  FILES_OF_NO_BYTES_ARE_NOT_LOOKED_FOR("PIN-4/a-missing-file-of-no-bytes-is-an-error", "size 0"),
  ARCHIVES_END_WIDE_DIRECTORIES_EARLY("PIN-4/deep-and-wide-trees-have-their-archive", "nar_sha256"),
  DEEP_TREES_HAVE_NO_ARCHIVE("PIN-4/deep-and-wide-trees-have-their-archive", "RESOURCE_EXHAUSTED"),
  ARCHIVES_THAT_FAILED_FAIL_AGAIN(
      "PIN-4/an-archive-that-was-asked-for-before-is-there", "asked for before its Put"),
  CLAIMED_LISTS_ARE_NOT_SUPPORTED("PIN-5", "INTERNAL (not supported)"),
  LISTS_STOP_IN_THE_MIDDLE("PIN-5/every-path-info-is-listed-once", "its end, comes within"),
  LISTS_REPEAT_THE_FIRST("PIN-5", "more than once"),
  LISTS_LOSE_THE_LAST("PIN-5", "without"),
  LISTS_HAVE_NO_FILES("PIN-5/every-path-info-is-listed-once", "without"),
  LISTS_END_AT_A_PAGE("PIN-5/long-lists-are-whole-for-each-of-two", "without"),
  LISTS_SHARE_THEIR_PLACE(
      "PIN-5/long-lists-are-whole-for-each-of-two", "begins in the middle of another"),
  LISTS_THAT_PAUSE_HOLD_UP_OTHERS(
      "PIN-5/a-list-that-pauses-holds-up-nobody", "every call is answered within"),
  LISTS_HAVE_NODES_ONLY("PIN-5/every-path-info-is-listed-once", "as they were put"),
  LISTS_GO_BY_NUMBER("PIN-5/the-list-is-complete-while-others-are-put", "List has"),
  REFERENCE_NAMES_ARE_BELIEVED("PIN-6", "whose name has another hash"),
  LINE_BREAKS_ARE_TAKEN("PIN-6/fields-that-contradict-or-break-a-line-are-refused", "\\nSig: x"),
  LINE_BREAKS_IN_KEY_NAMES_ARE_TAKEN(
      "PIN-6/key-names-that-break-a-line-are-refused", "a signature of the key"),
  KEY_NAMES_MAY_HAVE_COLONS("PIN-6/key-names-that-end-too-early-are-refused", "the key \"a:b\""),
  ARCHIVES_HAVE_WHOLE_WORDS_PADDED("NAR-1", "nar_size"),
  ARCHIVES_HAVE_NAMES_AS_SIGNED_BYTES("NAR-1", "nar_sha256");

  private final String rule;
  private final String message;

  StoreFault(String rule, String message) {
    this.rule = rule;
    this.message = message;
  }

  /// The rule, or the case, that kills it.
  public String rule() {
    return rule;
  }

  /// A part of what the kit says was expected or observed.
  public String message() {
    return message;
  }

  /// Which sizes of directories the store claims to take, in the words of a profile; empty when it does not say.
  public Optional<String> directorySize() {
    return switch (this) {
      case SIZES_FOLLOW_A_THIRD_RULE -> Optional.empty();
      case SIZES_MAY_BE_OF_BOTH_RULES,
          SIZES_FOLLOW_ONE_OF_TWO_RULES,
          SIZES_ABOVE_BOTH_RULES_ARE_TAKEN,
          SIZES_BELOW_BOTH_RULES_ARE_TAKEN ->
          Optional.of("either");
      default -> Optional.of("snix");
    };
  }

  /// Whether the store claims to have all methods, or leaves it to be found out.
  public boolean claimsAllMethods() {
    return switch (this) {
      case PATH_INFOS_ARE_NOT_SERVED,
          NOTHING_NEED_BE_PUT,
          NOTHING_CAN_BE_PUT,
          DIRECTORIES_CANNOT_BE_PUT,
          LISTS_ARE_NOT_SUPPORTED,
          PATH_INFOS_ARE_IN_ANOTHER_PACKAGE ->
          false;
      default -> true;
    };
  }

  /// Whether nothing is wrong with it.
  public boolean isNone() {
    return rule.isEmpty();
  }

  /// Whether it shows by a call that does not end.
  public boolean hangs() {
    return message.contains("is answered within")
        || message.contains("comes within")
        || this == DEADLINES_ARE_IGNORED;
  }

  /// What is broken, in words joined as a class name.
  public String words() {
    return Arrays.stream(name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining());
  }
}
