package io.gradelane.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What code in any room does not do. */
@AnalyzeClasses(packages = "io.gradelane", importOptions = DoNotIncludeTests.class)
class CustomsTest {

  private static final String LAUNCHER = "io.gradelane.launcher..";
  private static final String TESTKIT = "io.gradelane.testkit..";

  private static final String CLOCKS =
      "time is passed in, so that tests and the simulator own it; if you need it, take an InstantSource or a LongSupplier "
          + "of nanoseconds";

  @ArchTest
  static final ArchRule foreignFuturesComeHomeWithAContext = noClasses()
      .should()
      .callMethod(Future.class, "fromCompletionStage", CompletionStage.class)
      .because(
          "it goes on in the foreign thread; if you need it, use fromCompletionStage(stage, context)");

  @ArchTest
  static final ArchRule completionStagesAreNotContinued = noClasses()
      .that()
      .resideOutsideOfPackage(TESTKIT)
      .should()
      .callMethodWhere(
          describe("a callback of a CompletionStage", call -> isContinuation(call.getTarget())))
      .because(
          "its callbacks run on whatever thread completes it; if you need it, bring it home with "
              + "Future.fromCompletionStage(stage, context)");

  @ArchTest
  static final ArchRule nanoTimeIsPassedIn = noClasses()
      .that(dontStartOrTest())
      .should()
      .callMethod(System.class, "nanoTime")
      .orShould()
      .callMethod(System.class, "currentTimeMillis")
      .because(CLOCKS);

  @ArchTest
  static final ArchRule datesArePassedIn = noClasses()
      .that(dontStartOrTest())
      .should()
      .callMethod(Instant.class, "now")
      .orShould()
      .callMethod(Clock.class, "systemUTC")
      .orShould()
      .callMethod(Clock.class, "systemDefaultZone")
      .because(CLOCKS);

  @ArchTest
  static final ArchRule environmentIsPassedIn = noClasses()
      .that()
      .resideOutsideOfPackages(
          LAUNCHER, TESTKIT, "io.gradelane.settings..", "io.gradelane.sandbox..")
      .should()
      .callMethod(System.class, "getenv")
      .orShould()
      .callMethod(System.class, "getenv", String.class)
      .because(
          "every key is validated with the others; if you need a setting, add it to settings (the sandbox looks for "
              + "compilers on the PATH, which is the machine's and no setting)");

  @ArchTest
  static final ArchRule logsAreSlf4j = noClasses()
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "java.util.logging..", "org.apache.logging..", "org.apache.commons.logging..")
      .because("one log with one format; if you need to log, use org.slf4j");

  @ArchTest
  static final ArchRule logbackIsTheLaunchersChoice = noClasses()
      .that()
      .resideOutsideOfPackages(LAUNCHER, TESTKIT)
      .should()
      .dependOnClassesThat()
      .resideInAPackage("ch.qos.logback..")
      .because(
          "rooms know only slf4j; if you need a log line in a test, look at it with the testkit");

  @ArchTest
  static final ArchRule onlyTheLauncherPrints = noClasses()
      .that()
      .resideOutsideOfPackages(LAUNCHER, "io.gradelane.bench..")
      .should()
      .accessField(System.class, "out")
      .orShould()
      .accessField(System.class, "err")
      .because("output is for people who start things; if you need to say something, log it");

  @ArchTest
  static final ArchRule nothingExits = noClasses()
      .that()
      .resideOutsideOfPackages(LAUNCHER, "io.gradelane.bench..")
      .should()
      .callMethod(System.class, "exit", int.class)
      .because(
          "a room can't know what else runs here; if you need to give up, fail the future that you returned");

  @ArchTest
  static final ArchRule typesHaveNamesThatSaySomething = noClasses()
      .should()
      .haveSimpleNameEndingWith("Util")
      .orShould()
      .haveSimpleNameEndingWith("Utils")
      .orShould()
      .haveSimpleNameEndingWith("Helper")
      .orShould()
      .haveSimpleNameEndingWith("Manager")
      .orShould()
      .haveSimpleNameEndingWith("Processor")
      .because("such a name takes in everything; if you need a place for it, name what it is");

  @ArchTest
  static final ArchRule methodsHaveVerbsThatSaySomething = noMethods()
      .that(describe("overrides nothing", method -> !overrides(method)))
      .should()
      .haveNameMatching("(process|handle|manage|perform)([A-Z].*)?")
      .because(
          "the words are submit, queue, grant, start, finish, cancel, claim, release, probe, drain, rescue, apply; "
              + "if you need another, say what it does");

  private static DescribedPredicate<JavaClass> dontStartOrTest() {
    return DescribedPredicate.not(resideInAnyPackage(LAUNCHER, TESTKIT, "io.gradelane.bench.."));
  }

  /** Begins one, completes one or looks at one. */
  private static final Set<String> NOT_CONTINUED = Set.of(
      "supplyAsync",
      "runAsync",
      "completedFuture",
      "failedFuture",
      "complete",
      "completeExceptionally",
      "cancel",
      "get",
      "join",
      "getNow",
      "isDone",
      "isCancelled",
      "isCompletedExceptionally",
      "toCompletableFuture",
      "orTimeout",
      "completeOnTimeout",
      "resultNow",
      "exceptionNow",
      "state");

  private static boolean isContinuation(MethodCallTarget target) {
    return target.getOwner().isAssignableTo(CompletionStage.class)
        && !NOT_CONTINUED.contains(target.getName());
  }

  private static boolean overrides(JavaMethod method) {
    return method.getOwner().getAllRawInterfaces().stream().anyMatch(type -> declares(type, method))
        || method.getOwner().getAllRawSuperclasses().stream()
            .anyMatch(type -> declares(type, method));
  }

  private static boolean declares(JavaClass type, JavaMethod method) {
    return !type.getPackageName().startsWith("io.gradelane")
        && type.getMethods().stream().anyMatch(other -> other.getName().equals(method.getName()));
  }
}
