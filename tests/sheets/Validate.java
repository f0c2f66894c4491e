import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks PDF files with veraPDF: a line for each file and profile; status 1 where one fails. */
public class Validate {
    private static final String[] PROFILES = {"ua1", "2a"};

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean good = files.length > 0;
        for (String file : files) {
            for (String profile : PROFILES) {
                good &= check(file, PDFAFlavour.byFlavourId(profile), profile);
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean check(String file, PDFAFlavour flavour, String name) throws Exception {
        try (FileInputStream content = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(content, flavour)) {
            PDFAValidator validator =
                    Foundries.defaultInstance().createValidator(flavour, 500, false, true, false);
            ValidationResult result = validator.validate(parser);
            System.out.printf(
                    "%s %s compliant=%b checks=%d%n",
                    file, name, result.isCompliant(), result.getTotalAssertions());
            TreeSet<String> faults = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    faults.add(
                            assertion.getRuleId().getClause()
                                    + "-"
                                    + assertion.getRuleId().getTestNumber()
                                    + " "
                                    + assertion.getMessage());
                }
            }
            faults.forEach(fault -> System.out.println("  " + fault));
            return result.isCompliant();
        }
    }
}
