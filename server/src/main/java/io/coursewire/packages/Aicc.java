package io.coursewire.packages;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An AICC course: its structure, with what each of its assignable units opens.
///
/// @param externalId the course's id
public record Aicc(
        Optional<String> manifestIdentifier,
        String externalId,
        Map<String, String> titles,
        List<Element> elements,
        Logic logic)
        implements Package {
    public Aicc {
        titles = Map.copyOf(titles);
        elements = List.copyOf(elements);
        // What was stored before there was such logic has none.
        logic = logic == null ? Logic.NONE : logic;
    }

    /// How it is decided what is done, beside what units say of themselves: from the `ort` and `cmp` files.
    public record Logic(List<Objective> objectives, List<Requirement> requirements) {
        public static final Logic NONE = new Logic(List.of(), List.of());

        public Logic {
            objectives = List.copyOf(objectives);
            requirements = List.copyOf(requirements);
        }
    }

    /// A learning objective, which prerequisites may wait for.
    ///
    /// @param systemId `J1`
    /// @param developerId by which content may call it
    /// @param parts the units and blocks that teach it, and the objectives that it consists of
    public record Objective(String systemId, Optional<String> developerId, List<String> parts) {
        public Objective {
            parts = List.copyOf(parts);
        }
    }

    /// A unit, block or objective has the result, a status of AICC, once the script is met.
    ///
    /// @param script an `aicc_script`, verbatim
    public record Requirement(String element, String script, String result) {}

    /// A block, an assignable unit, or a unit that others stand below.
    ///
    /// @param systemId `A1`, `B2`
    /// @param prerequisites an `aicc_script`, verbatim
    public record Element(
            String systemId,
            String title,
            Optional<String> prerequisites,
            Optional<Unit> unit,
            List<Element> members) {
        public Element {
            members = List.copyOf(members);
        }
    }

    /// An assignable unit.
    ///
    /// @param href relative to the package, percent-encoded, `web_launch` included; or an absolute URL
    /// @param password that its requests may carry as `au_password`
    public record Unit(
            String href,
            LaunchData launchData,
            List<String> objectives,
            Optional<String> password) {
        public Unit {
            objectives = List.copyOf(objectives);
        }
    }

    /// What the unit is told when it starts.
    ///
    /// @param maxTimeAllowed `HHHH:MM:SS`; never zero, which means none
    /// @param timeLimitAction in the words of SCORM 1.2: `exit,message` and so on
    public record LaunchData(
            Optional<BigDecimal> masteryScore,
            Optional<String> maxTimeAllowed,
            Optional<String> timeLimitAction,
            Optional<String> coreVendor) {}

    @Override
    public Standard standard() {
        return Standard.AICC;
    }

    @Override
    public List<OutlineLine> outline() {
        var lines = new ArrayList<OutlineLine>();
        outline(elements, 0, lines);
        return List.copyOf(lines);
    }

    private static void outline(List<Element> elements, int level, List<OutlineLine> lines) {
        for (var element : elements) {
            boolean launchable = element.unit().isPresent();
            lines.add(
                    new OutlineLine(
                            element.systemId(),
                            Map.of(Titles.UNKNOWN, element.title()),
                            level,
                            true,
                            launchable,
                            launchable));
            outline(element.members(), level + 1, lines);
        }
    }

    @Override
    public Map<String, String> prerequisites() {
        var scripts = new LinkedHashMap<String, String>();
        prerequisites(elements, scripts);
        return scripts;
    }

    private static void prerequisites(List<Element> elements, Map<String, String> scripts) {
        for (var element : elements) {
            element.prerequisites().ifPresent(script -> scripts.put(element.systemId(), script));
            prerequisites(element.members(), scripts);
        }
    }

    public Optional<Element> element(String systemId) {
        return find(elements, systemId);
    }

    private static Optional<Element> find(List<Element> elements, String systemId) {
        for (var element : elements) {
            var found =
                    element.systemId().equals(systemId)
                            ? Optional.of(element)
                            : find(element.members(), systemId);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> href(String identifier) {
        return element(identifier).flatMap(Element::unit).map(Unit::href);
    }
}
