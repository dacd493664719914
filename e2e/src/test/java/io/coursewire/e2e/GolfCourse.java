package io.coursewire.e2e;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.options.AriaRole;

/// How the golf courses, real ones in several standards, are gone through.
final class GolfCourse {
    private GolfCourse() {}

    /// Turns pages until this one, counted from where the course is now.
    static void turnTo(PlayedCourse played, int page) {
        for (int turn = 1; turn < page; turn++) {
            click(played.course(), "Next ->");
        }
    }

    /// Answers everything right but the first question; returns the score that the course shows.
    static int takeQuiz(PlayedCourse played) {
        var quiz = played.course().frameLocator("#contentFrame");
        quiz.locator("#frmTest").waitFor();
        for (var answer : quiz.locator(".correctAnswer").all()) {
            var input = answer.locator("input");
            if ("radio".equals(input.getAttribute("type"))) {
                input.check();
            } else {
                input.fill(answer.textContent().replaceAll("\\D", ""));
            }
        }
        quiz.locator(".question").first().locator(".answer input").first().check();
        click(quiz, "Submit Answers");
        return Integer.parseInt(quiz.locator("#test > h3").textContent().replaceAll("\\D", ""));
    }

    static void click(FrameLocator frame, String button) {
        frame.getByRole(
                        AriaRole.BUTTON,
                        new FrameLocator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
