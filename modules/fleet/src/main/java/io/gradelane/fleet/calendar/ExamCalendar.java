package io.gradelane.fleet.calendar;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalReader;
import biweekly.property.RawProperty;
import biweekly.property.RecurrenceId;
import biweekly.property.TextProperty;
import biweekly.util.ICalDate;
import io.gradelane.core.fleet.Exam;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exams read from iCalendar text (RFC 5545): repeated events, exceptions and time zones included, cancelled ones left out.
 *
 * <p>How many students are expected stands in {@code X-GRADELANE-STUDENTS}, or in the description or summary as {@code
 * students: 120} or {@code 120 students}.
 *
 * @param zone of times that bear none
 * @param students where an event does not tell
 */
public record ExamCalendar(ZoneId zone, int students) {

  private static final String STUDENTS = "X-GRADELANE-STUDENTS";
  private static final Pattern TOLD =
      Pattern.compile("(?i)\\bstudents\\s*[:=]\\s*(\\d{1,7})\\b|\\b(\\d{1,7}) +students\\b");
  private static final int MOST_REPETITIONS = 10_000;

  /**
   * The exams that have not ended before {@code from} and begin before {@code until}.
   *
   * @throws IllegalArgumentException with words for an operator
   */
  public List<Exam> read(String text, Instant from, Instant until) {
    List<Exam> exams = new ArrayList<>();
    for (ICalendar calendar : calendars(text)) {
      Set<String> replaced = replaced(calendar.getEvents());
      for (VEvent event : calendar.getEvents()) {
        if (event.getStatus() == null || !event.getStatus().isCancelled()) {
          add(exams, event, replaced, from, until);
        }
      }
    }
    return exams;
  }

  private List<ICalendar> calendars(String text) {
    List<ICalendar> calendars = new ArrayList<>();
    try (ICalReader reader = new ICalReader(text)) {
      reader.setDefaultTimezone(TimeZone.getTimeZone(zone));
      calendars.addAll(reader.readAll());
    } catch (IOException e) {
      throw new IllegalArgumentException("iCalendar: " + e.getMessage(), e);
    }
    if (calendars.isEmpty()) {
      throw new IllegalArgumentException("iCalendar: no BEGIN:VCALENDAR in it");
    }
    return calendars;
  }

  private void add(
      List<Exam> exams, VEvent event, Set<String> replaced, Instant from, Instant until) {
    Duration length = length(event);
    boolean allDay = !event.getDateStart().getValue().hasTime();
    Iterator<Date> starts =
        event.getDateIterator(allDay ? TimeZone.getDefault() : TimeZone.getTimeZone(zone));
    for (int i = 0; starts.hasNext() && i < MOST_REPETITIONS; i++) {
      Instant start = allDay ? midnight(starts.next()) : starts.next().toInstant();
      if (!start.isBefore(until)) {
        return;
      }
      boolean own = event.getRecurrenceId() != null || !replaced.contains(key(event, start));
      if (own && start.plus(length).isAfter(from)) {
        exams.add(new Exam(name(event), start, start.plus(length), students(event)));
      }
    }
  }

  /** The library takes a day's beginning from where this process is. */
  private Instant midnight(Date day) {
    return LocalDate.ofInstant(day.toInstant(), ZoneId.systemDefault())
        .atStartOfDay(zone)
        .toInstant();
  }

  /** The repetitions that an event of their own takes the place of. */
  private static Set<String> replaced(List<VEvent> events) {
    Set<String> replaced = new HashSet<>();
    for (VEvent event : events) {
      RecurrenceId of = event.getRecurrenceId();
      if (of != null) {
        replaced.add(key(event, of.getValue().toInstant()));
      }
    }
    return replaced;
  }

  private static String key(VEvent event, Instant start) {
    return text(event.getUid()) + " " + start;
  }

  private static Duration length(VEvent event) {
    if (event.getDateStart() == null) {
      throw new IllegalArgumentException("iCalendar: event " + name(event) + " has no DTSTART");
    }
    ICalDate start = event.getDateStart().getValue();
    Duration length = Duration.ZERO;
    if (event.getDateEnd() != null) {
      length = Duration.between(start.toInstant(), event.getDateEnd().getValue().toInstant());
    } else if (event.getDuration() != null) {
      length = Duration.ofMillis(event.getDuration().getValue().toMillis());
    } else if (!start.hasTime()) {
      length = Duration.ofDays(1);
    }
    if (!length.isPositive()) {
      throw new IllegalArgumentException("iCalendar: event " + name(event)
          + " (expected: a DTEND after its DTSTART, or a DURATION)");
    }
    return length;
  }

  private int students(VEvent event) {
    RawProperty property = event.getExperimentalProperty(STUDENTS);
    if (property != null) {
      return number(event, property.getValue());
    }
    return Stream.of(text(event.getDescription()), text(event.getSummary()))
        .map(TOLD::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.parseInt(found.group(1) == null ? found.group(2) : found.group(1)))
        .findFirst()
        .orElse(students);
  }

  private static int number(VEvent event, String text) {
    if (!text.strip().matches("\\d{1,7}")) {
      throw new IllegalArgumentException("iCalendar: event " + name(event) + ": " + STUDENTS + " "
          + text + " (expected: a number)");
    }
    return Integer.parseInt(text.strip());
  }

  private static String name(VEvent event) {
    String summary = text(event.getSummary());
    return summary.isEmpty() ? "exam" : summary;
  }

  private static String text(@Nullable TextProperty property) {
    return property == null || property.getValue() == null ? "" : property.getValue();
  }
}
