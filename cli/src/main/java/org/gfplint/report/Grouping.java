package org.gfplint.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gfplint.finding.Finding;

/** Puts findings together for whom or what they concern. */
public final class Grouping {
  /** What a group has in common. */
  public enum By {
    /** The nearest section of MAINTAINERS. */
    MAINTAINER,
    /** The directory. */
    SUBSYSTEM,
    RULE
  }

  private final By by;
  private final Maintainers maintainers;

  public Grouping(By by, Maintainers maintainers) {
    this.by = by;
    this.maintainers = maintainers;
  }

  /** The groups by name, each with its findings in their order. */
  public SortedMap<String, List<Finding>> groups(List<Finding> findings) {
    SortedMap<String, List<Finding>> groups = new TreeMap<>();
    for (Finding finding : findings) {
      groups.computeIfAbsent(groupOf(finding), name -> new ArrayList<>()).add(finding);
    }
    return groups;
  }

  private String groupOf(Finding finding) {
    String path = finding.location().path();
    return switch (by) {
      case MAINTAINER -> maintainers.nearest(path);
      case SUBSYSTEM -> subsystem(path);
      case RULE -> finding.ruleId();
    };
  }

  /** The first two directories of a path, as in "fs/ext4"; "." for a file in none. */
  static String subsystem(String path) {
    int first = path.indexOf('/');
    if (first < 0) {
      return ".";
    }
    int second = path.indexOf('/', first + 1);
    return path.substring(0, second < 0 ? first : second);
  }
}
