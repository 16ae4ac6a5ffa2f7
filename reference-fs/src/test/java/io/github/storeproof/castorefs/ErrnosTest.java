package io.github.storeproof.castorefs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.store.StoreFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrnosTest {
  @ParameterizedTest
  @EnumSource(StoreFailure.class)
  void noFailureLooksLikeAMissingNameOrAMissingOperation(StoreFailure failure) {
    assertThat(Errnos.of(failure)).isNotIn(Errno.ENOENT, Errno.ENOSYS);
  }
}
