package org.gfplint.rules;

import java.util.List;
import java.util.regex.Pattern;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Needless;
import org.gfplint.program.Program;

/** GFP_ATOMIC where every way to the request is known and may sleep. */
final class AtomicNeedless extends NeedlessRule {
  private static final Pattern STORAGE =
      Pattern.compile(
          "^block/|^drivers/(ata|block|firewire|md|memstick|mmc|mtd|nvdimm|nvme|s390/block|scsi|spi"
              + "|target|ufs|usb/(core|host|storage))/");

  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP305",
        "atomic-needless",
        Level.NOTE,
        "GFP_ATOMIC where no caller and no context forbids sleeping");
  }

  @Override
  List<Needless> find(FlowAnalysis analysis) {
    return analysis.needlesslyAtomic();
  }

  @Override
  String why(FlowAnalysis analysis, Needless needless) {
    return all(needless.ways().size())
        + " may sleep, so the request need not fail early nor use the reserves"
        + (mayHoldUpStorage(analysis, needless)
            ? "; GFP_NOIO, if storage that memory is written to may wait for it"
            : "");
  }

  /** Whether a device, or work that others wait for, may be what writes memory out. */
  private static boolean mayHoldUpStorage(FlowAnalysis analysis, Needless needless) {
    Program program = analysis.program();
    String path = program.path(program.unitOf(needless.request().function()));
    return STORAGE.matcher(path).find()
        || needless.ways().stream()
            .anyMatch(
                w -> w.entry() != null && w.entry().where().matches(".*(_WORK|work_struct).*"));
  }
}
