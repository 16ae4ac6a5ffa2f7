/// The store services behind a mount, as the kit has them in its hands: it pushes fixtures into a
/// store ([FixturePush]) or is the store itself ([FixtureStore]), and stands between the mount and
/// the store with faults to switch on and off ([FaultProxy], [Faults]). Start reading at
/// [StoreBehind].
@NullMarked
package io.github.storeproof.conformance.store;

import org.jspecify.annotations.NullMarked;
