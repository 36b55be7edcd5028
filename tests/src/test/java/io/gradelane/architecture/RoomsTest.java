package io.gradelane.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know which. */
@AnalyzeClasses(packages = "io.gradelane", importOptions = DoNotIncludeTests.class)
class RoomsTest {

  private static final String MEET_ON_THE_BUS =
      "verticles meet on the bus, so that each can live on another node; if you need it, make it a message in bus";

  @ArchTest
  static final ArchRule apiKnowsNoOtherVerticle = noClasses()
      .that()
      .resideInAPackage("io.gradelane.api..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.gradelane.dispatch..", "io.gradelane.health..", "io.gradelane.fleet..")
      .because(MEET_ON_THE_BUS);

  @ArchTest
  static final ArchRule dispatchKnowsNoOtherVerticle = noClasses()
      .that()
      .resideInAPackage("io.gradelane.dispatch..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.gradelane.api..", "io.gradelane.health..", "io.gradelane.fleet..")
      .because(MEET_ON_THE_BUS);

  @ArchTest
  static final ArchRule healthKnowsNoOtherVerticle = noClasses()
      .that()
      .resideInAPackage("io.gradelane.health..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.gradelane.api..", "io.gradelane.dispatch..", "io.gradelane.fleet..")
      .because(MEET_ON_THE_BUS);

  @ArchTest
  static final ArchRule coreIsPure = classes()
      .that()
      .resideInAPackage("io.gradelane.core..")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage("io.gradelane.core..", "java..", "org.jspecify..")
      .because(
          "the simulator drives the very classes that run, by seed; if you need I/O, return a decision and let "
              + "a verticle act on it");

  @ArchTest
  static final ArchRule coreHasNoThreadsAndNoFiles = noClasses()
      .that()
      .resideInAPackage("io.gradelane.core..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "java.io..", "java.net.http..", "java.nio.file..", "java.util.concurrent..")
      .because(
          "core has one writer and no I/O; if you need either, it belongs to the verticle that holds it");

  @ArchTest
  static final ArchRule busCarriesWordsOfCore = noClasses()
      .that()
      .resideInAPackage("io.gradelane.bus..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.gradelane.api..",
          "io.gradelane.dispatch..",
          "io.gradelane.health..",
          "io.gradelane.jobe..",
          "io.gradelane.settings..",
          "io.gradelane.store..")
      .because(
          "what crosses the bus is read by another version some day; if you need a type in a message, put it in core");

  @ArchTest
  static final ArchRule nobodyKnowsTheLauncher = noClasses()
      .that()
      .resideOutsideOfPackages("io.gradelane.launcher..", "io.gradelane.bench..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.gradelane.launcher..")
      .because(
          "the launcher wires and is not wired; if you need something of it, take it as a port");

  @ArchTest
  static final ArchRule implementationsAreChosenByTheLauncher = noClasses()
      .that()
      .resideOutsideOfPackages(
          "io.gradelane.launcher..", "io.gradelane.store..", "io.gradelane.testkit..")
      .should()
      .dependOnClassesThat(resideInAPackage("io.gradelane.store.*..")
          .and(not(resideInAnyPackage(
              "io.gradelane.store.fleet..",
              "io.gradelane.store.jobs..",
              "io.gradelane.store.operator..",
              "io.gradelane.store.runs.."))))
      .because(
          "heap or Redis is the operator's choice; if you need a file, ask the FileStore that you are handed");

  @ArchTest
  static final ArchRule aloneOrTogetherIsChosenByTheLauncher = noClasses()
      .that()
      .resideOutsideOfPackages(
          "io.gradelane.launcher..", "io.gradelane.cluster..", "io.gradelane.testkit..")
      .should()
      .dependOnClassesThat()
      .haveSimpleName("LocalServerMap")
      .orShould()
      .dependOnClassesThat()
      .haveSimpleName("LocalMembers")
      .orShould()
      .dependOnClassesThat()
      .haveSimpleName("HazelcastCluster")
      .because(
          "one node or many is the launcher's choice; if you need the servers or the members, ask the ServerMap or the "
              + "Members that you are handed");

  @ArchTest
  static final ArchRule hazelcastStaysInCluster = noClasses()
      .that()
      .resideOutsideOfPackage("io.gradelane.cluster..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..")
      .because(
          "a node that stands alone loads nothing of it, and nothing in it survives a split; if you need something shared, "
              + "add it to a port of cluster");

  @ArchTest
  static final ArchRule nothingWaitsForTheClusterOrLocksIt = noClasses()
      .should()
      .dependOnClassesThat()
      .resideInAPackage("com.hazelcast.cp..")
      .orShould()
      .dependOnClassesThat()
      .haveFullyQualifiedName("io.vertx.core.shareddata.Lock")
      .because(
          "a lock of the cluster is held twice after a split, and Vert.x's is not exclusive inside one node; if something "
              + "must happen once, compare and set, or take a lease with a number from the database");

  @ArchTest
  static final ArchRule sandboxStandsAlone = noClasses()
      .that()
      .resideInAPackage("io.gradelane.sandbox..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.gradelane.api..",
          "io.gradelane.dispatch..",
          "io.gradelane.health..",
          "io.gradelane.settings..",
          "io.gradelane.store..",
          "io.gradelane.cluster..")
      .because(
          "to the gateway a sandbox is one more Jobe server; if you need both to agree, it is the wire, in jobe");

  @ArchTest
  static final ArchRule sqlStaysInStore = noClasses()
      .that()
      .resideOutsideOfPackage("io.gradelane.store..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "java.sql..",
          "javax.sql..",
          "io.vertx.sqlclient..",
          "io.vertx.pgclient..",
          "org.flywaydb..")
      .because(
          "migrations and statements are reviewed together; if you need a query, add a method to a port of store");

  @ArchTest
  static final ArchRule configurationFilesAreReadBySettings = noClasses()
      .that()
      .resideOutsideOfPackages("io.gradelane.settings..", "io.gradelane.api.contract..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("org.snakeyaml..")
      .because(
          "settings tells every problem with its line; if you need a new key, add it there (the contract of the interface "
              + "is the program's own and no setting)");
}
