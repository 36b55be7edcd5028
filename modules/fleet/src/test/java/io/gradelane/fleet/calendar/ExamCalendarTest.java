package io.gradelane.fleet.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gradelane.core.fleet.Exam;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExamCalendarTest {

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
  private static final ExamCalendar CALENDAR = new ExamCalendar(ZoneId.of("Europe/Vienna"), 50);

  @Test
  void anEventIsAnExamWithItsStudents() {
    assertThat(read("""
            BEGIN:VEVENT
            UID:1
            SUMMARY:Midterm\\, group A
            DTSTART:20260301T080000Z
            DTEND:20260301T100000Z
            X-GRADELANE-STUDENTS:240
            END:VEVENT
            """))
        .containsExactly(
            exam("Midterm, group A", "2026-03-01T08:00:00Z", "2026-03-01T10:00:00Z", 240));
  }

  @Test
  void studentsMayStandInTheTextAndHaveADefault() {
    assertThat(read(event("DESCRIPTION:Room 7\\nStudents: 31")
            + event("SUMMARY:Final (120 students)")
            + event("SUMMARY:X")))
        .extracting(Exam::students)
        .containsExactly(31, 120, 50);
  }

  @Test
  void longLinesAreUnfoldedAndDurationsAdded() {
    assertThat(
            read(
                "BEGIN:VEVENT\nUID:1\nSUMMARY:Mid\n term\nDTSTART:20260301T080000Z\nDURATION:PT1H30M\nEND:VEVENT\n"))
        .containsExactly(exam("Midterm", "2026-03-01T08:00:00Z", "2026-03-01T09:30:00Z", 50));
  }

  @Test
  void timesAreInTheirZoneOrInTheOneThatIsConfigured() {
    assertThat(read("""
            BEGIN:VEVENT
            UID:1
            DTSTART;TZID=America/New_York:20260701T080000
            DTEND;TZID=America/New_York:20260701T090000
            END:VEVENT
            BEGIN:VEVENT
            UID:2
            DTSTART:20260701T080000
            DTEND:20260701T090000
            END:VEVENT
            BEGIN:VEVENT
            UID:3
            DTSTART;VALUE=DATE:20260702
            END:VEVENT
            """))
        .extracting(Exam::start)
        .containsExactly(
            Instant.parse("2026-07-01T12:00:00Z"),
            Instant.parse("2026-07-01T06:00:00Z"),
            Instant.parse("2026-07-01T22:00:00Z"));
  }

  @Test
  void aZoneThatTheFileDefinesItselfIsUnderstood() {
    assertThat(read("""
            BEGIN:VTIMEZONE
            TZID:W. Europe Standard Time
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:1
            DTSTART;TZID=W. Europe Standard Time:20260115T080000
            DTEND;TZID=W. Europe Standard Time:20260115T090000
            END:VEVENT
            BEGIN:VEVENT
            UID:2
            DTSTART;TZID=W. Europe Standard Time:20260715T080000
            DTEND;TZID=W. Europe Standard Time:20260715T090000
            END:VEVENT
            """))
        .extracting(Exam::start)
        .containsExactly(
            Instant.parse("2026-01-15T07:00:00Z"), Instant.parse("2026-07-15T06:00:00Z"));
  }

  @Test
  void repeatedEventsAreRepeatedByTheClockOnTheWallWithTheirExceptions() {
    assertThat(read("""
            BEGIN:VEVENT
            UID:weekly
            SUMMARY:Lab
            DTSTART;TZID=Europe/Vienna:20260316T080000
            DTEND;TZID=Europe/Vienna:20260316T090000
            RRULE:FREQ=WEEKLY;COUNT=4
            EXDATE;TZID=Europe/Vienna:20260323T080000
            END:VEVENT
            BEGIN:VEVENT
            UID:weekly
            SUMMARY:Lab, moved
            RECURRENCE-ID;TZID=Europe/Vienna:20260406T080000
            DTSTART;TZID=Europe/Vienna:20260407T140000
            DTEND;TZID=Europe/Vienna:20260407T150000
            END:VEVENT
            """))
        .extracting(Exam::name, exam -> exam.start().toString())
        .containsExactly(
            tuple("Lab", "2026-03-16T07:00:00Z"),
            tuple("Lab", "2026-03-30T06:00:00Z"),
            tuple("Lab, moved", "2026-04-07T12:00:00Z"));
  }

  @Test
  void cancelledAndPastAndFarEventsAreLeftOut() {
    assertThat(
            read(
                event("STATUS:CANCELLED")
                    + "BEGIN:VEVENT\nUID:2\nDTSTART:20250301T080000Z\nDTEND:20250301T090000Z\nEND:VEVENT\n"
                    + "BEGIN:VEVENT\nUID:3\nDTSTART:20280301T080000Z\nDTEND:20280301T090000Z\nEND:VEVENT\n"))
        .isEmpty();
  }

  @Test
  void anEndlessRepetitionIsReadAsFarAsIsAsked() {
    assertThat(
            read(
                "BEGIN:VEVENT\nUID:1\nDTSTART:20200101T080000Z\nDTEND:20200101T090000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n"))
        .hasSize(365);
  }

  @Test
  void whatCannotBeReadSaysWhatWasExpected() {
    assertThatThrownBy(() -> CALENDAR.read("<html>", FROM, UNTIL))
        .hasMessage("iCalendar: no BEGIN:VCALENDAR in it");
    assertThatThrownBy(() -> read("BEGIN:VEVENT\nUID:1\nSUMMARY:X\nEND:VEVENT\n"))
        .hasMessage("iCalendar: event X has no DTSTART");
    assertThatThrownBy(
            () -> read("BEGIN:VEVENT\nUID:1\nSUMMARY:X\nDTSTART:20260301T080000Z\nEND:VEVENT\n"))
        .hasMessage("iCalendar: event X (expected: a DTEND after its DTSTART, or a DURATION)");
    assertThatThrownBy(() -> read(event("X-GRADELANE-STUDENTS:many")))
        .hasMessage("iCalendar: event exam: X-GRADELANE-STUDENTS many (expected: a number)");
  }

  private static String event(String line) {
    return "BEGIN:VEVENT\nUID:" + line.hashCode()
        + "\nDTSTART:20260301T080000Z\nDTEND:20260301T090000Z\n" + line + "\nEND:VEVENT\n";
  }

  private static List<Exam> read(String events) {
    String text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n" + events + "END:VCALENDAR\n";
    return CALENDAR.read(text.replace("\n", "\r\n"), FROM, UNTIL);
  }

  private static Exam exam(String name, String start, String end, int students) {
    return new Exam(name, Instant.parse(start), Instant.parse(end), students);
  }
}
