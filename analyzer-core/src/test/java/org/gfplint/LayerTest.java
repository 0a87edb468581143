package org.gfplint;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each stage knows only those before it, and the model knows none of them. */
@AnalyzeClasses(packages = "org.gfplint", importOptions = ImportOption.DoNotIncludeTests.class)
class LayerTest {
  @ArchTest
  static final ArchRule ONE_DIRECTION =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("model")
          .definedBy("org.gfplint.model..")
          .layer("finding")
          .definedBy("org.gfplint.finding..")
          .layer("source")
          .definedBy("org.gfplint.source..")
          .layer("syntax")
          .definedBy("org.gfplint.syntax..")
          .layer("facts")
          .definedBy("org.gfplint.facts..")
          .layer("program")
          .definedBy("org.gfplint.program..")
          .layer("flow")
          .definedBy("org.gfplint.flow..")
          .layer("fix")
          .definedBy("org.gfplint.fix..")
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("finding")
          .mayOnlyAccessLayers("model")
          .whereLayer("fix")
          .mayOnlyAccessLayers("model", "finding")
          .whereLayer("source")
          .mayOnlyAccessLayers("model")
          .whereLayer("syntax")
          .mayOnlyAccessLayers("source")
          .whereLayer("facts")
          .mayOnlyAccessLayers("source", "syntax")
          .whereLayer("program")
          .mayOnlyAccessLayers("source", "syntax", "facts")
          .whereLayer("flow")
          .mayOnlyAccessLayers("model", "source", "facts", "program");
}
