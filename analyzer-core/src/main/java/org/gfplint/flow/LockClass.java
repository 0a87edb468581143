package org.gfplint.flow;

import java.util.Optional;
import java.util.function.Function;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.StructType;
import org.gfplint.facts.Variable;
import org.gfplint.model.ContextOperation;
import org.gfplint.program.Program;
import org.gfplint.program.TypeTable;

/**
 * What locks have in common that lockdep takes for the same: they are the same member of the same
 * struct, or the same variable.
 *
 * @param name as in "inode.i_rwsem", or a variable's name; "$1" for what the caller passes as
 *     argument 1
 * @param home the file that defines the struct or variable; "" if that is not known
 */
public record LockClass(String name, String home) {
  private static final String PARAMETER = "$";

  /** The class of a lock that an operation is given, or null. */
  static LockClass of(
      ContextOperation operation, Expr given, Program program, OperandTypes types, int function) {
    if (operation.lockField().isEmpty()) {
      return of(given, program, types, function);
    }
    Expr object = given.behindAddress();
    return of(Expr.of(Expr.Kind.FIELD, operation.lockField(), object), program, types, function);
  }

  /** The class of the lock that an expression is or points to, or null. */
  static LockClass of(Expr lock, Program program, OperandTypes types, int function) {
    switch (lock.kind()) {
      case UNARY:
        return lock.isUnary("&") ? of(lock.operand(0), program, types, function) : null;
      case INDEX:
        return of(lock.operand(0), program, types, function);
      case FIELD:
        OperandTypes.Typed owner = types.typeOf(lock.operand(0));
        return owner == null ? null : member(owner.type(), lock.name(), program, function);
      case NAME:
        return variable(lock.name(), program, function);
      default:
        return null;
    }
  }

  private static LockClass member(String type, String field, Program program, int function) {
    Optional<TypeTable.Defined<StructType>> struct =
        program.types().structBehind(program.unitOf(function), type);
    String name = struct.map(s -> s.what().tag()).filter(n -> !n.isEmpty()).orElse(type);
    String tag = name.substring(name.indexOf(' ') + 1).replace("*", "");
    return new LockClass(tag + "." + field, struct.map(s -> program.path(s.unit())).orElse(""));
  }

  private static LockClass variable(String name, Program program, int function) {
    FunctionFacts facts = program.facts(function);
    int parameter = facts.parameter(name);
    if (parameter >= 0) {
      return new LockClass(PARAMETER + parameter, "");
    }
    for (Variable local : facts.locals()) {
      if (local.name().equals(name)) {
        return null;
      }
    }
    int unit = program.unitOf(function);
    int home = program.types().headerOf(unit, name).orElse(unit);
    return new LockClass(name, program.path(home));
  }

  boolean isParameter() {
    return name.startsWith(PARAMETER);
  }

  /**
   * The class in the words of the one who calls the function it was found in; null if unknown.
   *
   * @param classOf what the caller knows of an argument
   */
  LockClass atCall(Expr call, Function<Expr, LockClass> classOf) {
    if (!isParameter()) {
      return this;
    }
    int index = Integer.parseInt(name.substring(PARAMETER.length()));
    return index < call.arguments().size() ? classOf.apply(call.arguments().get(index)) : null;
  }

  /** The last word of what names a lock: its field, or a variable; "" if there is none. */
  static String lastWord(ContextOperation operation, Expr given) {
    if (!operation.lockField().isEmpty()) {
      return operation.lockField();
    }
    Expr lock = given;
    while (lock.is(Expr.Kind.UNARY) || lock.is(Expr.Kind.INDEX)) {
      lock = lock.operand(0);
    }
    return lock.is(Expr.Kind.FIELD) || lock.is(Expr.Kind.NAME) ? lock.name() : "";
  }

  /** The last word of the name. */
  String lastWord() {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
