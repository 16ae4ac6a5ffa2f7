package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.store.ServiceSurvey;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.Features;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which methods a run asks of services: all that they claim, none that they deny, and of the rest those that they do not
/// answer by saying that they cannot. Each question is asked once. *Thread-safe.*
final class OfferedMethods {
  private final Features features;
  private final Map<StoreMethod, Optional<String>> answers = new EnumMap<>(StoreMethod.class);

  /// Services that can be asked.
  @FunctionalInterface
  interface Services {
    /// What a survey of them answers.
    Optional<String> ask(Function<ServiceSurvey, Optional<String>> question);
  }

  OfferedMethods(Features features) {
    this.features = features;
  }

  /// Why a method is not asked for; empty where it is.
  ///
  /// @param services are asked where nothing is claimed
  synchronized Optional<String> missing(StoreMethod method, Services services) {
    return switch (method) {
      case BLOB_STAT, BLOB_READ, DIRECTORY_GET -> Optional.empty();
      case BLOB_PUT, DIRECTORY_PUT -> noPut(method, services);
      case PATH_INFO_PUT -> noPathInfos(services).or(() -> noPut(method, services));
      case PATH_INFO_GET, CALCULATE_NAR, PATH_INFO_LIST -> noPathInfos(services);
    };
  }

  private Optional<String> noPathInfos(Services services) {
    return answers.computeIfAbsent(
        StoreMethod.PATH_INFO_GET,
        _ -> unclaimed(Feature.PATH_INFOS, services, ServiceSurvey::noPathInfos));
  }

  private Optional<String> noPut(StoreMethod put, Services services) {
    return answers.computeIfAbsent(
        put, _ -> unclaimed(Feature.PUTS, services, asked -> asked.noPut(put)));
  }

  private Optional<String> unclaimed(
      Feature feature, Services services, Function<ServiceSurvey, Optional<String>> question) {
    if (features.denies(feature)) {
      return Optional.of("the target says " + feature.key() + " = false");
    }
    return features.claims(feature)
        ? Optional.empty()
        : services
            .ask(question)
            .map(reason -> reason + ", and the target does not claim " + feature.key());
  }
}
