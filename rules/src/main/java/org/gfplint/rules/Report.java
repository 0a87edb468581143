package org.gfplint.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fingerprint;
import org.gfplint.finding.Level;
import org.gfplint.finding.Location;
import org.gfplint.finding.Remedy;
import org.gfplint.finding.TraceStep;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.Fact;
import org.gfplint.model.GfpMask;

/** A finding in the making: where it is, how one gets there, and what it rests on. */
final class Report {
  private static final Pattern WORD = Pattern.compile("\\w+");

  private final FlowAnalysis analysis;
  private final RuleInfo rule;
  private final Location place;
  private final String function;

  /** Number of the function in the program; -1 for the definition of a macro. */
  private final int in;

  private final List<TraceStep> trace = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private Level level;
  private Confidence confidence = Confidence.HIGH;
  private String code = "";
  private Function<Location, Remedy> remedy = place -> null;

  /** A finding in a function. */
  Report(FlowAnalysis analysis, RuleInfo rule, int function, Span place) {
    this.analysis = analysis;
    this.rule = rule;
    this.function = analysis.program().name(function);
    this.in = function;
    this.place = location(function, place);
    this.level = rule.level();
  }

  /** A finding in the definition of a macro. */
  Report(FlowAnalysis analysis, RuleInfo rule, FlowAnalysis.MaskDefinition defined) {
    this.analysis = analysis;
    this.rule = rule;
    this.function = defined.name();
    this.in = -1;
    this.place =
        new Location(analysis.program().path(defined.unit()), defined.line(), 1, defined.line(), 1);
    this.level = rule.level();
  }

  Report level(Level newLevel) {
    level = newLevel;
    return this;
  }

  Report confidence(Confidence newConfidence) {
    confidence = newConfidence;
    return this;
  }

  Report facts(List<Fact> more) {
    facts.addAll(more);
    return this;
  }

  Report step(int inFunction, Span at, String text) {
    Span body = analysis.program().facts(inFunction).span();
    // A table stands outside of every function.
    boolean inside = at.line() >= body.line() && at.line() <= body.endLine();
    String name = inside ? analysis.program().name(inFunction) : "";
    trace.add(new TraceStep(location(inFunction, at), name, text));
    return this;
  }

  /** Adds calls on the way, in order. */
  Report calls(List<Request.Hop> path) {
    for (Request.Hop hop : path) {
      step(hop.function(), hop.call().span(), "calls " + hop.call().text());
    }
    return this;
  }

  /**
   * The contexts and scopes a request runs in, the calls from there to where its mask is written,
   * and each call down to it.
   */
  Report wayTo(Request request) {
    for (Request.Context context : request.held()) {
      step(context.in(), context.entered(), context.how());
    }
    calls(request.approach());
    request.covers().forEach(this::cover);
    request.scopes().forEach(this::step);
    boolean elsewhere =
        request.chosen() != null && request.chosen().line() != request.call().span().line();
    String mask = analysis.model().describe(request.mask());
    if (elsewhere) {
      step(request.function(), request.chosen(), "the mask is " + mask);
    }
    if (!request.path().isEmpty()) {
      step(
          request.function(),
          request.call().span(),
          "calls " + request.call().callee() + "() with " + mask);
      for (Request.Hop hop : request.path()) {
        step(hop.function(), hop.call().span(), "hands the mask on: " + hop.call().text());
      }
    }
    return this;
  }

  /** A scope, and the calls inside of it. */
  Report cover(Request.Cover cover) {
    step(cover.scope());
    for (Request.Hop hop : cover.approach()) {
      step(hop.function(), hop.call().span(), "calls " + hop.call().text() + " inside it");
    }
    return this;
  }

  private void step(Request.Scope scope) {
    String what = " a " + scope.kind().spelling() + " scope (" + scope.kind().taskFlag() + ")";
    if (!scope.provided().isEmpty()) {
      what += ", provided that " + scope.provided();
    }
    step(
        scope.function(),
        scope.opened(),
        scope.by().isEmpty() ? "opens" + what : scope.opener() + " opens" + what);
  }

  /** What stays the same when lines move: a call and the mask that it comes to. */
  Report identity(Expr call, GfpMask mask) {
    String callee = call.callee();
    return identity(
        (callee.isEmpty() ? withoutLocals(call.operand(0)).spelling() : callee)
            + " "
            + analysis.model().describe(mask));
  }

  /** The code that is reported, in its own words but for the names of locals. */
  Report identity(Expr reported) {
    return identity(withoutLocals(reported).spelling());
  }

  Report identity(String words) {
    code = words;
    return this;
  }

  /** Somebody may rename them at any time. */
  private Expr withoutLocals(Expr e) {
    if (in < 0) {
      return e;
    }
    FunctionFacts facts = analysis.program().facts(in);
    Set<String> locals = new HashSet<>();
    facts.parameters().forEach(v -> locals.add(v.name()));
    facts.locals().forEach(v -> locals.add(v.name()));
    return withoutNames(e, locals);
  }

  private static Expr withoutNames(Expr e, Set<String> names) {
    String name = e.name();
    if (e.is(Expr.Kind.NAME) && names.contains(name)) {
      name = "_";
    } else if (e.is(Expr.Kind.SIZEOF)) {
      name = WORD.matcher(name).replaceAll(m -> names.contains(m.group()) ? "_" : m.group());
    }
    return new Expr(
        e.kind(),
        name,
        e.operands().stream().map(o -> withoutNames(o, names)).toList(),
        e.number(),
        e.span());
  }

  /**
   * What would put it right. It becomes a fix where the source allows; otherwise nothing comes of
   * it.
   *
   * @param newRemedy given the place of the finding
   */
  Report remedy(Function<Location, Remedy> newRemedy) {
    remedy = newRemedy;
    return this;
  }

  Finding finding(String message) {
    String text = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    Finding finding =
        new Finding(
            rule.id(),
            level,
            confidence,
            text,
            place,
            function,
            trace,
            facts,
            new Fingerprint(rule.id(), place.path(), function, code, 1));
    Remedy known = remedy.apply(place);
    return known == null ? finding : finding.withRemedy(known);
  }

  private Location location(int inFunction, Span span) {
    return new Location(
        analysis.program().path(analysis.program().unitOf(inFunction)),
        span.line(),
        span.column(),
        span.endLine(),
        span.endColumn());
  }
}
