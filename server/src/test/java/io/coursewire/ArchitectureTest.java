package io.coursewire;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The direction of the tree: `app -> api, console -> features -> kernel, storage`.
class ArchitectureTest {
    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.coursewire");
    private static final List<String> FEATURES =
            List.of("catalog", "packages", "runtime", "attempts", "offline", "webhooks");

    @Test
    void the_code_is_there_to_be_checked() {
        assertThat(CODE.size()).isGreaterThan(200);
        assertThat(CODE.stream().map(JavaClass::getPackageName))
                .contains(
                        "io.coursewire.attempts", "io.coursewire.webhooks", "io.coursewire.kernel");
    }

    @Test
    void the_kernel_depends_on_nothing_of_ours() {
        mayUse("kernel", List.of());
    }

    @Test
    void storage_knows_the_kernel_only() {
        mayUse("storage", List.of("kernel"));
    }

    @Test
    void the_catalog_knows_no_other_feature() {
        mayUse("catalog", List.of("kernel", "storage"));
    }

    @Test
    void packages_know_the_catalog_only() {
        mayUse("packages", List.of("kernel", "storage", "catalog"));
    }

    @Test
    void attempts_know_neither_webhooks_nor_run_times() {
        mayUse("attempts", List.of("kernel", "storage", "catalog"));
    }

    @Test
    void webhooks_know_no_other_feature() {
        mayUse("webhooks", List.of("kernel", "storage", "catalog"));
    }

    @Test
    void run_times_report_to_attempts() {
        mayUse("runtime", List.of("kernel", "storage", "catalog", "packages", "attempts"));
    }

    @Test
    void offline_results_report_to_attempts() {
        mayUse("offline", List.of("kernel", "storage", "catalog", "attempts"));
    }

    @Test
    void only_app_knows_api() {
        check(
                noClasses()
                        .that(resideOutside("app", "api", "console"))
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.coursewire.api..")));
        check(
                noClasses()
                        .that(resideOutside("app"))
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.coursewire.app..")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attempts",
                "catalog",
                "offline",
                "packages",
                "webhooks",
                "storage",
                "kernel"
            })
    void http_servers_are_not_the_features_business(String part) {
        check(
                noClasses()
                        .that(resideInAPackage("io.coursewire." + part + ".."))
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.helidon..")));
    }

    @Test
    void rules_are_pure() {
        check(
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("Rules")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                                "org.jdbi..",
                                                "java.sql..",
                                                "org.slf4j..",
                                                "io.helidon..",
                                                "java.nio.file..")
                                        .or(
                                                DescribedPredicate.describe(
                                                        "a clock",
                                                        c ->
                                                                c.getName()
                                                                                .startsWith(
                                                                                        "java.time.Clock")
                                                                        || c.getName()
                                                                                .equals(
                                                                                        "java.time.InstantSource")))));
    }

    @Test
    void problems_are_made_by_the_api_alone() {
        check(
                noClasses()
                        .that(resideOutside("api", "app"))
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("io.coursewire.api.Problem"));
    }

    @Test
    void sql_stands_in_stores() {
        check(
                methods()
                        .that()
                        .areDeclaredInClassesThat(callSql())
                        .should()
                        .beDeclaredInClassesThat(mayHoldSql()));
    }

    @Test
    void no_setters_and_no_vague_names() {
        check(
                classes()
                        .that(resideInAPackage("io.coursewire.."))
                        .should()
                        .haveSimpleNameNotEndingWith("Manager")
                        .andShould()
                        .haveSimpleNameNotEndingWith("Helper")
                        .andShould()
                        .haveSimpleNameNotEndingWith("Util")
                        .andShould()
                        .haveSimpleNameNotEndingWith("Utils")
                        .andShould()
                        .haveSimpleNameNotEndingWith("Impl")
                        .andShould()
                        .haveSimpleNameNotStartingWith("Base")
                        .andShould()
                        .haveSimpleNameNotStartingWith("Abstract"));
    }

    private static DescribedPredicate<JavaClass> callSql() {
        return DescribedPredicate.describe(
                "that make SQL statements",
                type ->
                        type.getMethodCallsFromSelf().stream()
                                .anyMatch(
                                        call ->
                                                call.getTargetOwner()
                                                                .getName()
                                                                .equals("org.jdbi.v3.core.Handle")
                                                        && List.of(
                                                                        "createQuery",
                                                                        "createUpdate",
                                                                        "execute",
                                                                        "prepareBatch",
                                                                        "createCall",
                                                                        "createScript")
                                                                .contains(
                                                                        call.getTarget()
                                                                                .getName())));
    }

    private static DescribedPredicate<JavaClass> mayHoldSql() {
        return DescribedPredicate.describe(
                "stores, the outbox, or storage itself",
                type ->
                        outermost(type).getSimpleName().endsWith("Store")
                                || outermost(type).getSimpleName().equals("Outbox")
                                || type.getPackageName().startsWith("io.coursewire.storage"));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    /// `part` may depend on itself and on `others`, and on no other part of ours.
    private static void mayUse(String part, List<String> others) {
        var foreign =
                java.util.stream.Stream.concat(
                                FEATURES.stream(),
                                java.util.stream.Stream.of(
                                        "kernel", "storage", "api", "app", "console"))
                        .filter(name -> !name.equals(part) && !others.contains(name))
                        .map(name -> "io.coursewire." + name + "..")
                        .toArray(String[]::new);
        check(
                noClasses()
                        .that(resideInAPackage("io.coursewire." + part + ".."))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(foreign)));
    }

    private static DescribedPredicate<JavaClass> resideOutside(String... parts) {
        var packages =
                java.util.Arrays.stream(parts)
                        .map(part -> "io.coursewire." + part + "..")
                        .toArray(String[]::new);
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }

    private static void check(ArchRule rule) {
        rule.check(CODE);
    }
}
