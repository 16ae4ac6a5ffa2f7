package io.github.storeproof.ci.served;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.fixtures.Seed;
import io.github.storeproof.fixtures.profile.FixtureKey;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.layer.CachedBlobs;
import io.github.storeproof.store.layer.CachedDirectories;
import io.github.storeproof.store.layer.SigningPathInfos;
import io.github.storeproof.store.layer.VerifyingPathInfos;
import io.github.storeproof.store.pathinfo.SigningKey;
import io.github.storeproof.store.pathinfo.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Durable stores behind a small cache; path infos are signed, and only signed ones are kept.
class SignedStoresTest extends ServedStores {
  private static final int ROOM_BYTES = 1 << 20;

  @Override
  Opened open(Path empty) throws Exception {
    FixtureKey key = FixtureKey.of(new Seed(1));
    Path keyFile = Files.writeString(Path.of(empty + ".key"), key.secretText());
    FileStore store = FileStore.open(empty, SizeRule.SNIX);
    Stores stores =
        new Stores(
            new CachedBlobs(store.blobs(), ROOM_BYTES),
            new CachedDirectories(store.directories(), ROOM_BYTES),
            new SigningPathInfos(
                new VerifyingPathInfos(
                    store.pathInfos(), TrustedKeys.parse(List.of(key.publicText()))),
                SigningKey.read(keyFile)));
    return new Opened(stores, store::close);
  }
}
