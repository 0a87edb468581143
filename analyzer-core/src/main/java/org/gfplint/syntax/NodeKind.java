package org.gfplint.syntax;

/**
 * Kinds of syntax nodes, by our own numbers: the grammar's symbol numbers change between versions
 * and one kind may have several of them.
 */
public final class NodeKind {
  /** A kind that nothing here looks at. */
  public static final int OTHER = 0;

  public static final int IDENTIFIER = 1;
  public static final int FIELD_IDENTIFIER = 2;
  public static final int TYPE_IDENTIFIER = 3;
  public static final int STATEMENT_IDENTIFIER = 4;
  public static final int PRIMITIVE_TYPE = 5;
  public static final int NUMBER_LITERAL = 6;
  public static final int CHAR_LITERAL = 7;
  public static final int STRING_LITERAL = 8;
  public static final int CONCATENATED_STRING = 9;
  public static final int TRUE = 10;
  public static final int FALSE = 11;
  public static final int NULL = 12;
  public static final int FUNCTION_DEFINITION = 13;
  public static final int DECLARATION = 14;
  public static final int TYPE_DEFINITION = 15;
  public static final int LINKAGE_SPECIFICATION = 16;
  public static final int DECLARATION_LIST = 17;
  public static final int PARENTHESIZED_DECLARATOR = 18;
  public static final int ATTRIBUTED_DECLARATOR = 19;
  public static final int POINTER_DECLARATOR = 20;
  public static final int FUNCTION_DECLARATOR = 21;
  public static final int ARRAY_DECLARATOR = 22;
  public static final int ABSTRACT_POINTER_DECLARATOR = 23;
  public static final int ABSTRACT_FUNCTION_DECLARATOR = 24;
  public static final int ABSTRACT_ARRAY_DECLARATOR = 25;
  public static final int ABSTRACT_PARENTHESIZED_DECLARATOR = 26;
  public static final int INIT_DECLARATOR = 27;
  public static final int PARAMETER_LIST = 28;
  public static final int PARAMETER_DECLARATION = 29;
  public static final int VARIADIC_PARAMETER = 30;
  public static final int STORAGE_CLASS_SPECIFIER = 31;
  public static final int TYPE_QUALIFIER = 32;
  public static final int SIZED_TYPE_SPECIFIER = 33;
  public static final int MACRO_TYPE_SPECIFIER = 34;
  public static final int STRUCT_SPECIFIER = 35;
  public static final int UNION_SPECIFIER = 36;
  public static final int ENUM_SPECIFIER = 37;
  public static final int FIELD_DECLARATION_LIST = 38;
  public static final int FIELD_DECLARATION = 39;
  public static final int BITFIELD_CLAUSE = 40;
  public static final int ENUMERATOR_LIST = 41;
  public static final int ENUMERATOR = 42;
  public static final int ATTRIBUTE_SPECIFIER = 43;
  public static final int TYPE_DESCRIPTOR = 44;
  public static final int COMPOUND_STATEMENT = 45;
  public static final int EXPRESSION_STATEMENT = 46;
  public static final int IF_STATEMENT = 47;
  public static final int ELSE_CLAUSE = 48;
  public static final int WHILE_STATEMENT = 49;
  public static final int DO_STATEMENT = 50;
  public static final int FOR_STATEMENT = 51;
  public static final int SWITCH_STATEMENT = 52;
  public static final int CASE_STATEMENT = 53;
  public static final int BREAK_STATEMENT = 54;
  public static final int CONTINUE_STATEMENT = 55;
  public static final int GOTO_STATEMENT = 56;
  public static final int RETURN_STATEMENT = 57;
  public static final int LABELED_STATEMENT = 58;
  public static final int ATTRIBUTED_STATEMENT = 59;
  public static final int CALL_EXPRESSION = 60;
  public static final int ARGUMENT_LIST = 61;
  public static final int PARENTHESIZED_EXPRESSION = 62;
  public static final int BINARY_EXPRESSION = 63;
  public static final int UNARY_EXPRESSION = 64;
  public static final int POINTER_EXPRESSION = 65;
  public static final int CONDITIONAL_EXPRESSION = 66;
  public static final int ASSIGNMENT_EXPRESSION = 67;
  public static final int UPDATE_EXPRESSION = 68;
  public static final int CAST_EXPRESSION = 69;
  public static final int COMMA_EXPRESSION = 70;
  public static final int SIZEOF_EXPRESSION = 71;
  public static final int OFFSETOF_EXPRESSION = 72;
  public static final int SUBSCRIPT_EXPRESSION = 73;
  public static final int FIELD_EXPRESSION = 74;
  public static final int COMPOUND_LITERAL_EXPRESSION = 75;
  public static final int INITIALIZER_LIST = 76;
  public static final int INITIALIZER_PAIR = 77;
  public static final int FIELD_DESIGNATOR = 78;
  public static final int SUBSCRIPT_DESIGNATOR = 79;
  public static final int GNU_ASM_EXPRESSION = 80;
  public static final int GENERIC_EXPRESSION = 81;
  public static final int EXTENSION_EXPRESSION = 82;
  public static final int ALIGNOF_EXPRESSION = 83;
  public static final int PREPROC_INCLUDE = 84;
  public static final int PREPROC_DEF = 85;
  public static final int PREPROC_FUNCTION_DEF = 86;
  public static final int PREPROC_PARAMS = 87;
  public static final int PREPROC_ARG = 88;
  public static final int PREPROC_CALL = 89;
  public static final int PREPROC_IF = 90;
  public static final int PREPROC_IFDEF = 91;
  public static final int PREPROC_ELSE = 92;
  public static final int PREPROC_ELIF = 93;
  public static final int PREPROC_ELIFDEF = 94;
  public static final int SYSTEM_LIB_STRING = 95;
  public static final int COMMENT = 96;
  public static final int OR = 97;
  public static final int AND = 98;
  public static final int XOR = 99;
  public static final int TILDE = 100;
  public static final int BANG = 101;
  public static final int AND_AND = 102;
  public static final int OR_OR = 103;
  public static final int EQUAL = 104;
  public static final int NOT_EQUAL = 105;
  public static final int LESS = 106;
  public static final int GREATER = 107;
  public static final int LESS_EQUAL = 108;
  public static final int GREATER_EQUAL = 109;
  public static final int SHIFT_LEFT = 110;
  public static final int SHIFT_RIGHT = 111;
  public static final int PLUS = 112;
  public static final int MINUS = 113;
  public static final int STAR = 114;
  public static final int SLASH = 115;
  public static final int PERCENT = 116;
  public static final int ASSIGN = 117;
  public static final int OR_ASSIGN = 118;
  public static final int AND_ASSIGN = 119;
  public static final int XOR_ASSIGN = 120;
  public static final int PLUS_ASSIGN = 121;
  public static final int MINUS_ASSIGN = 122;
  public static final int STAR_ASSIGN = 123;
  public static final int SLASH_ASSIGN = 124;
  public static final int PERCENT_ASSIGN = 125;
  public static final int SHIFT_LEFT_ASSIGN = 126;
  public static final int SHIFT_RIGHT_ASSIGN = 127;
  public static final int INCREMENT = 128;
  public static final int DECREMENT = 129;
  public static final int DOT = 130;
  public static final int ARROW = 131;
  public static final int QUESTION = 132;
  public static final int COLON = 133;
  public static final int STRUCT = 134;
  public static final int UNION = 135;
  public static final int ENUM = 136;
  public static final int STATIC = 137;
  public static final int INLINE = 138;
  public static final int EXTERN = 139;
  public static final int TYPEDEF = 140;
  public static final int CASE = 141;
  public static final int DEFAULT = 142;
  public static final int ELSE = 143;
  public static final int WHILE = 144;
  public static final int RETURN = 145;
  public static final int SEMICOLON = 146;
  public static final int OPEN_PAREN = 147;
  public static final int OPEN_BRACE = 148;
  public static final int ELLIPSIS = 149;
  public static final int COMMA = 150;
  public static final int CLOSE_PAREN = 151;

  /** What the parser could not make sense of. */
  public static final int ERROR = 152;

  /** Punctuation and keywords that nothing here looks at. */
  static final int TOKEN = 255;

  /** The grammar's names, by kind. */
  private static final String[] NAMES = {
    "",
    "identifier",
    "field_identifier",
    "type_identifier",
    "statement_identifier",
    "primitive_type",
    "number_literal",
    "char_literal",
    "string_literal",
    "concatenated_string",
    "true",
    "false",
    "null",
    "function_definition",
    "declaration",
    "type_definition",
    "linkage_specification",
    "declaration_list",
    "parenthesized_declarator",
    "attributed_declarator",
    "pointer_declarator",
    "function_declarator",
    "array_declarator",
    "abstract_pointer_declarator",
    "abstract_function_declarator",
    "abstract_array_declarator",
    "abstract_parenthesized_declarator",
    "init_declarator",
    "parameter_list",
    "parameter_declaration",
    "variadic_parameter",
    "storage_class_specifier",
    "type_qualifier",
    "sized_type_specifier",
    "macro_type_specifier",
    "struct_specifier",
    "union_specifier",
    "enum_specifier",
    "field_declaration_list",
    "field_declaration",
    "bitfield_clause",
    "enumerator_list",
    "enumerator",
    "attribute_specifier",
    "type_descriptor",
    "compound_statement",
    "expression_statement",
    "if_statement",
    "else_clause",
    "while_statement",
    "do_statement",
    "for_statement",
    "switch_statement",
    "case_statement",
    "break_statement",
    "continue_statement",
    "goto_statement",
    "return_statement",
    "labeled_statement",
    "attributed_statement",
    "call_expression",
    "argument_list",
    "parenthesized_expression",
    "binary_expression",
    "unary_expression",
    "pointer_expression",
    "conditional_expression",
    "assignment_expression",
    "update_expression",
    "cast_expression",
    "comma_expression",
    "sizeof_expression",
    "offsetof_expression",
    "subscript_expression",
    "field_expression",
    "compound_literal_expression",
    "initializer_list",
    "initializer_pair",
    "field_designator",
    "subscript_designator",
    "gnu_asm_expression",
    "generic_expression",
    "extension_expression",
    "alignof_expression",
    "preproc_include",
    "preproc_def",
    "preproc_function_def",
    "preproc_params",
    "preproc_arg",
    "preproc_call",
    "preproc_if",
    "preproc_ifdef",
    "preproc_else",
    "preproc_elif",
    "preproc_elifdef",
    "system_lib_string",
    "comment",
    "|",
    "&",
    "^",
    "~",
    "!",
    "&&",
    "||",
    "==",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    "<<",
    ">>",
    "+",
    "-",
    "*",
    "/",
    "%",
    "=",
    "|=",
    "&=",
    "^=",
    "+=",
    "-=",
    "*=",
    "/=",
    "%=",
    "<<=",
    ">>=",
    "++",
    "--",
    ".",
    "->",
    "?",
    ":",
    "struct",
    "union",
    "enum",
    "static",
    "inline",
    "extern",
    "typedef",
    "case",
    "default",
    "else",
    "while",
    "return",
    ";",
    "(",
    "{",
    "...",
    ",",
    ")",
    "ERROR",
  };

  private NodeKind() {}

  /** The kind of a grammar symbol, by the symbol's name. */
  static int ofSymbol(String name) {
    for (int kind = 1; kind < NAMES.length; kind++) {
      if (NAMES[kind].equals(name)) {
        return kind;
      }
    }
    return OTHER;
  }

  /** The grammar's name of a kind, for messages and dumps. */
  public static String name(int kind) {
    return kind == OTHER ? "other" : NAMES[kind];
  }
}
