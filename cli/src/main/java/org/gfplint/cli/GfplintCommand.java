package org.gfplint.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a verb: says what there is. */
@Command(
    name = "gfplint",
    // Else picocli looks through all methods, and the annotations of Object's, in every run.
    addMethodSubcommands = false,
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    description = {
      "%nFinds misuse of GFP flags in Linux kernel C code: masks that an allocator cannot honour,"
          + " flags that contradict each other, task scopes (memalloc_nofs_save() and friends) that"
          + " leak or cross. What counts as misuse depends on the kernel version; gfplint reads it"
          + " from the tree's Makefile. It needs no build, no compiler and no .config.%n",
      "@|bold Examples|@",
      "  gfplint check                       check the kernel tree that you are in",
      "  gfplint check --tree linux-6.1      check that tree",
      "  gfplint check fs/ext4 mm/slub.c     report only on these paths",
      "  gfplint check --rules kvmalloc-no-fallback --kernel-version 4.16 fs",
      "                                      one rule, judged as if the code ran on 4.16",
      "  gfplint fix fs/ext4 | git apply     patch what can be fixed mechanically",
      "  gfplint scopes fs/xfs               where task scopes open and close, what is inside",
      "  gfplint explain                     list the rules",
      "  gfplint explain vmalloc-restricted  what a rule means and how to fix the code",
      "  gfplint model kvmalloc GFP_NOFS --size 64K --compare 4.16,5.0,6.1",
      "                                      what an allocator does with a request, by version%n",
      "'gfplint COMMAND --help' says more about a command."
    },
    footer = {
      "%nExit status: 0 nothing found, 1 findings, 2 wrong usage, 3 incomplete or internal error."
    })
final class GfplintCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: 'gfplint check' or 'gfplint explain'");
  }
}
