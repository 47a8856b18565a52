namespace Escalation.Web.Forms;

/// <summary>
/// The steps of a form whose answers are shown once more before they are recorded, as its buttons and addresses name them.
/// </summary>
internal static class FormSteps
{
    /// <summary>Shows the answers once more.</summary>
    public const string Check = "check";

    /// <summary>Goes back to the form.</summary>
    public const string Edit = "edit";

    /// <summary>Shows more rows for actions.</summary>
    public const string More = "more";

    public const string Record = "record";

    /// <summary>An empty form, whatever was kept of it.</summary>
    public const string Anew = "new";

    public static bool IsBeforeRecording(FormValues values) => values["step"] is Check or Edit or More;
}
