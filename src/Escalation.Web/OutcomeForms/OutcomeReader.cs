using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.OutcomeForms;

/// <summary>The outcome that a form says, as the API's body.</summary>
internal static class OutcomeReader
{
    public static OutcomeBody Read(FormReader form) =>
        new()
        {
            Outcome = form.Text("outcome"),
            To = form.Text("to"),
            Method = form.Text("method"),
            DiscussedOn = form.Date("discussedOn"),
            Summary = form.Text("summary"),
            Methodology = form.Text("methodology"),
            Chair = form.Chair,
            RecordKeeper = form.Text("recordKeeper"),
            Outstanding = form.Text("outstanding"),
            Actions = form.Actions,
            Lessons = form.Text("lessons"),
            Themes = form.All("themes"),
            Comments = form.Text("comments"),
            Fields = form.Fields,
        };
}
