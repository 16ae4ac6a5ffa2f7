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
/// answer by saying that they cannot. Services that take no Put at all, and do not deny it, cannot be judged. Each question is asked once. *Thread-safe.*
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
      case BLOB_PUT, DIRECTORY_PUT -> noPuts(services);
      case PATH_INFO_PUT -> noPathInfos(services).or(() -> noPuts(services));
      case PATH_INFO_GET, CALCULATE_NAR, PATH_INFO_LIST -> noPathInfos(services);
    };
  }

  private Optional<String> noPathInfos(Services services) {
    return answers.computeIfAbsent(
        StoreMethod.PATH_INFO_GET,
        _ -> unclaimed(Feature.PATH_INFOS, services, ServiceSurvey::noPathInfos));
  }

  /// Services that are only read may be right ones, but next to nothing can be judged of them: that has to be said.
  private Optional<String> noPuts(Services services) {
    if (!features.denies(Feature.PUTS)) {
      answers
          .computeIfAbsent(
              StoreMethod.BLOB_PUT,
              _ -> unclaimed(Feature.PUTS, services, ServiceSurvey::nothingCanBePut))
          .ifPresent(reason -> {
            throw new TargetUnavailable(
                reason
                    + "; services that are only read say puts = false, and are judged by the rest");
          });
      return Optional.empty();
    }
    return Optional.of(denied(Feature.PUTS));
  }

  private Optional<String> unclaimed(
      Feature feature, Services services, Function<ServiceSurvey, Optional<String>> question) {
    if (features.denies(feature)) {
      return Optional.of(denied(feature));
    }
    return features.claims(feature)
        ? Optional.empty()
        : services
            .ask(question)
            .map(reason -> reason + ", and the target does not claim " + feature.key());
  }

  private static String denied(Feature feature) {
    return "the target says " + feature.key() + " = false";
  }
}
