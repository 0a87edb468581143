package org.gfplint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The modules know each other in one direction only: cli, then rules, then analyzer-core. */
@AnalyzeClasses(packages = "org.gfplint", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleDirectionTest {
  @ArchTest
  static final ArchRule CLI_USES_RULES_USE_CORE =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("commands")
          .definedBy("org.gfplint.cli..")
          .layer("reports")
          .definedBy("org.gfplint.report..")
          .layer("rules")
          .definedBy("org.gfplint.rules..")
          .layer("core")
          .definedBy(
              "org.gfplint.finding..",
              "org.gfplint.fix..",
              "org.gfplint.model..",
              "org.gfplint.source..",
              "org.gfplint.syntax..",
              "org.gfplint.facts..",
              "org.gfplint.program..",
              "org.gfplint.flow..")
          .whereLayer("commands")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("reports")
          .mayOnlyBeAccessedByLayers("commands")
          .whereLayer("rules")
          .mayOnlyBeAccessedByLayers("commands", "reports");

  /**
   * Commands and reports see what was found, never how: the analysis is behind Check. Parse and
   * doctor are about the parser itself.
   */
  @ArchTest
  static final ArchRule ANALYSIS_IS_BEHIND_CHECK =
      noClasses()
          .that()
          .resideInAnyPackage("org.gfplint.cli..", "org.gfplint.report..")
          .and()
          .haveNameNotMatching(".*\\.(Parse|Doctor)Command(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.gfplint.syntax..",
              "org.gfplint.facts..",
              "org.gfplint.program..",
              "org.gfplint.flow..");
}
