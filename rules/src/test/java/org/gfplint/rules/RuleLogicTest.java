package org.gfplint.rules;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.Fact;
import org.gfplint.model.GfpFlag;
import org.gfplint.model.GfpMask;
import org.gfplint.model.KernelVersion;
import org.junit.jupiter.api.Test;

/**
 * What was asked, what is allowed and what happens is compared in one place, the model. Rules, and
 * the analysis below them, have no flag and no version of their own to test for.
 */
class RuleLogicTest {
  private static final JavaClasses ANALYSIS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.gfplint.rules", "org.gfplint.flow");

  /** A whole literal that is a mask's name, or the beginning of one. */
  private static final Pattern MASK_NAME = Pattern.compile("_*GFP_\\w*|PF_MEMALLOC\\w*");

  private static final Pattern VERSION = Pattern.compile("v?\\d+\\.\\d+(\\.\\d+)?");

  private static final ArchRule NO_FLAGS =
      noClasses().should().dependOnClassesThat().areAssignableTo(GfpFlag.class);

  /** Rules get masks from the model and hand them back to it; they never look inside. */
  private static final ArchRule NO_MASK_TESTS =
      noClasses()
          .that()
          .resideInAPackage("org.gfplint.rules..")
          .should()
          .accessTargetWhere(
              targetOwner(name(GfpMask.class.getName()))
                  .and(target(nameMatching("(?!toString|equals|hashCode).*"))));

  /** A version is something to hand on and to print. */
  private static final ArchRule NO_VERSION_TESTS =
      noClasses()
          .should()
          .accessTargetWhere(
              targetOwner(name(KernelVersion.class.getName()))
                  .and(target(nameMatching("(?!toString|equals|hashCode).*"))))
          .orShould()
          .accessTargetWhere(
              targetOwner(name(Fact.class.getName()))
                  .and(target(nameMatching("holdsIn|since|until"))));

  @Test
  void noFlagIsNamed() {
    NO_FLAGS.check(ANALYSIS);
  }

  @Test
  void noMaskIsTestedByARule() {
    NO_MASK_TESTS.check(ANALYSIS);
  }

  @Test
  void noVersionIsCompared() {
    NO_VERSION_TESTS.check(ANALYSIS);
  }

  @Test
  void noLiteralIsAMaskOrAVersion() throws IOException {
    assertThat(ANALYSIS).hasSizeGreaterThan(40);
    for (JavaClass type : ANALYSIS) {
      assertThat(literals(type.reflect()))
          .as(type.getName())
          .noneMatch(text -> MASK_NAME.matcher(text).matches() || VERSION.matcher(text).matches());
    }
  }

  /** What this test looks for is there to be found where it belongs. */
  @Test
  void theModelIsFullOfIt() throws IOException {
    JavaClasses model =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.gfplint.model");
    assertThat(NO_FLAGS.evaluate(model).hasViolation()).isTrue();
    assertThat(NO_VERSION_TESTS.evaluate(model).hasViolation()).isTrue();
    assertThat(literals(AllocatorModel.class)).anyMatch(text -> MASK_NAME.matcher(text).matches());
  }

  private static List<String> literals(Class<?> type) throws IOException {
    String resource = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(resource)) {
      List<String> literals = new ArrayList<>();
      for (PoolEntry entry : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
        if (entry instanceof StringEntry text) {
          literals.add(text.stringValue());
        }
      }
      return literals;
    }
  }
}
