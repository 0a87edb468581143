package org.gfplint.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fingerprint;
import org.gfplint.finding.Level;
import org.gfplint.finding.Location;
import org.gfplint.finding.TraceStep;
import org.gfplint.source.KernelTree;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/** The page of an audit in a real browser, without a screen. */
class AuditPageInBrowserTest {
  private static final String MARKUP_FILE = "fs/<img src=x onerror=document.title='owned'>.c";
  private static final String MARKUP_FUNCTION = "f<b onmouseover=alert(1)>x</b>";
  private static final int FINDINGS = 5000;

  /** It warns of what it does not know of new browsers. Kept, else its level is forgotten. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  @TempDir private static Path directory;
  private static ChromeDriver browser;

  @BeforeAll
  static void startBrowser() {
    Optional<Path> chromium = Programs.find("chromium", "google-chrome", "chrome");
    Optional<Path> driver = Programs.find("chromedriver");
    assumeTrue(
        chromium.isPresent() && driver.isPresent(),
        "no chromium and chromedriver on PATH (Debian: chromium, chromium-driver): no page opened");
    SELENIUM.setLevel(java.util.logging.Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toString());
    options.setCapability("goog:loggingPrefs", logs);
    // No sandbox: it cannot be made for root, as which containers often build.
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get().toFile())
                .withLogOutput(OutputStream.nullOutputStream())
                .build(),
            options);
    browser.manage().timeouts().pageLoadTimeout(Duration.ofMinutes(2));
    browser.manage().window().setSize(new Dimension(1400, 1000));
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void manyFindingsCanBeSearchedAndFiltered() throws IOException {
    open(page());
    assertThat(shown()).isEqualTo("5000 of 5000 shown");
    assertThat(visible()).isEqualTo(FINDINGS);

    WebElement search = browser.findElement(By.id("search"));
    search.sendKeys("demo_4711 spinlock");
    await("1 of 5000 shown");
    assertThat(visible()).isEqualTo(1);
    assertThat(browser.findElement(By.cssSelector("article:not([hidden])")).getText())
        .contains("demo_4711()", "fs/demo.c:4711:2", "line 4711 of the file");
    search.clear();
    search.sendKeys("no such words");
    await("0 of 5000 shown");

    browser.findElement(By.id("clear")).click();
    await("5000 of 5000 shown");
    choose("level", "error");
    await("2500 of 5000 shown");
    choose("rule", "GFP102");
    await("500 of 5000 shown");
    choose("subsystem", "fs/demo.c".substring(0, 2));
    await("500 of 5000 shown");
    search.sendKeys("demo_20");
    await("12 of 5000 shown");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void markupInNamesAndSourceStaysText() throws IOException {
    open(page());
    assertThat(browser.getTitle()).isEqualTo("gfplint: findings in Linux 4.16");
    assertThat(count("img")).isZero();
    assertThat(count("article b[onmouseover]")).isZero();
    assertThat(count("script")).isEqualTo(1);
    String article = browser.findElement(By.id("f1")).getText();
    assertThat(article)
        .contains(MARKUP_FILE, MARKUP_FUNCTION)
        .contains("</pre><script>document.title='owned'</script>", "&amp;");
    assertThat(complaints()).isEmpty();
  }

  /** What .ci/check-reports wrote of a whole kernel. */
  @Test
  @EnabledIfSystemProperty(named = "gfplint.reports", matches = ".+")
  void thePageOfAWholeKernelLoadsInUnderThreeSeconds() throws IOException {
    Path page = Path.of(System.getProperty("gfplint.reports"), "kernel.html").toAbsolutePath();
    open(page);
    Object milliseconds =
        script("return Math.ceil(performance.getEntriesByType('navigation')[0].loadEventEnd);");
    System.out.println("kernel.html: loaded in " + milliseconds + " ms");
    int all = count("article");
    assertThat(all).isGreaterThan(100);
    assertThat(shown()).isEqualTo(all + " of " + all + " shown");
    choose("level", "warning");
    await(count("article[data-level=warning]") + " of " + all + " shown");
    choose("level", "");
    browser.findElement(By.id("search")).sendKeys("xfs");
    browser.manage().window().setSize(new Dimension(1400, 3000));
    Files.copy(
        browser.getScreenshotAs(OutputType.FILE).toPath(),
        page.resolveSibling("kernel.png"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(complaints()).isEmpty();
    assertThat(((Number) milliseconds).longValue()).isLessThan(3000);
  }

  private static Path page() throws IOException {
    Path page = directory.resolve("page.html");
    if (Files.exists(page)) {
      return page;
    }
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.createDirectories(tree.resolve("fs"));
    StringBuilder source = new StringBuilder();
    for (int line = 1; line <= FINDINGS + 5; line++) {
      source.append("/* line ").append(line).append(" of the file */\n");
    }
    Files.writeString(tree.resolve("fs/demo.c"), source);
    Files.writeString(
        tree.resolve(MARKUP_FILE),
        "int a; /* </pre><script>document.title='owned'</script> &amp; */\n");
    List<Finding> findings = new ArrayList<>();
    findings.add(finding(MARKUP_FILE, 1, MARKUP_FUNCTION));
    for (int line = 2; line <= FINDINGS; line++) {
      findings.add(finding("fs/demo.c", line, "demo_" + line));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new HtmlReport(Maintainers.NONE, Excerpts.of(KernelTree.open(tree), findings))
        .write(Samples.report(findings), out);
    return Files.write(page, out.toByteArray());
  }

  private static Finding finding(String path, int line, String function) {
    Location place = new Location(path, line, 2, line, 9);
    String rule = line % 5 == 0 ? "GFP102" : "GFP101";
    return new Finding(
        rule,
        line % 2 == 0 ? Level.ERROR : Level.NOTE,
        Confidence.HIGH,
        "kmalloc(GFP_KERNEL) may sleep, but a spinlock is held",
        place,
        function,
        List.of(
            new TraceStep(place, function, "spin_lock() of &lock"),
            new TraceStep(place, function, "calls kmalloc()")),
        List.of(Samples.PAGE_TABLES),
        new Fingerprint(rule, path, function, "kmalloc GFP_KERNEL", line));
  }

  private static void open(Path page) {
    browser.manage().logs().get(LogType.BROWSER);
    browser.get(page.toUri().toString());
  }

  /** What the browser's console says since the page was opened. */
  private static List<String> complaints() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  private static Object script(String text) {
    return ((JavascriptExecutor) browser).executeScript(text);
  }

  private static int count(String selector) {
    return ((Number)
            ((JavascriptExecutor) browser)
                .executeScript("return document.querySelectorAll(arguments[0]).length;", selector))
        .intValue();
  }

  private static int visible() {
    return count("article:not([hidden])");
  }

  private static String shown() {
    return browser.findElement(By.id("shown")).getText();
  }

  private static void choose(String field, String value) {
    browser
        .findElement(By.cssSelector("select[name=" + field + "] option[value='" + value + "']"))
        .click();
  }

  private static void await(String text) {
    new FluentWait<>(browser)
        .withTimeout(Duration.ofSeconds(30))
        .pollingEvery(Duration.ofMillis(50))
        .withMessage(() -> "'" + text + "', now '" + shown() + "'")
        .until(b -> shown().equals(text));
  }
}
