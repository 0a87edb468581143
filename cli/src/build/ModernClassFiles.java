import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar and gives classes in the format of Java 5 the stack maps and the version of a newer
 * one; picocli comes as such. A JVM leaves older classes out of an AOT cache: reading, verifying
 * and interpreting those of picocli is half of the CPU time that "gfplint --version" takes.
 *
 * <p>usage: java ModernClassFiles.java FROM.jar TO.jar
 */
public final class ModernClassFiles {
  /** The first version whose classes an AOT cache takes: Java 6. */
  private static final int CACHEABLE = 50;

  private static final int MAGIC = 0xCAFEBABE;

  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    try (URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()}, null);
        ZipInputStream in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(from)));
        ZipOutputStream out =
            new ZipOutputStream(
                new BufferedOutputStream(Files.newOutputStream(Path.of(args[1]))))) {
      ClassFile format =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(classes)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] bytes = in.readAllBytes();
        if (entry.getName().endsWith(".class") && version(bytes) < CACHEABLE) {
          bytes = format.transformClass(format.parse(bytes), MODERNISE);
        }
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(bytes);
        out.closeEntry();
      }
    }
  }

  /** Code is written anew as it is; that makes the stack maps. */
  private static final ClassTransform MODERNISE =
      (out, element) -> {
        if (element instanceof ClassFileVersion) {
          out.withVersion(ClassFile.JAVA_17_VERSION, 0);
        } else if (element instanceof MethodModel method) {
          out.transformMethod(method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
        } else {
          out.with(element);
        }
      };

  private static int version(byte[] bytes) {
    java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(bytes);
    return bytes.length < 8 || header.getInt() != MAGIC ? CACHEABLE : header.getInt() & 0xffff;
  }
}
