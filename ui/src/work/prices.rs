//! Prices: read what is in force, bring a file, go back to what came with the program.

use std::rc::Rc;

use model::{
    Failure, FailureCode,
    catalog_file::FILE_LIMIT,
    command::{ImportCatalog, ListModels, PreviewCatalog, RestoreCatalog, ViewCatalog},
    prices::CatalogView,
    text,
};
use web_sys::File;

use super::Work;
use crate::{
    browser, shell,
    state::{
        age,
        toast::{Step, Toast},
        workspace::{Action, CatalogFile, Layer},
    },
    t,
};

impl Work {
    /// Reads which catalogue is in force.
    pub fn read_prices(&self) {
        self.run(async |work| match shell::call(ViewCatalog {}).await {
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            read => work.act(Action::Prices(read)),
        });
    }

    /// Reads a file that a person chose and asks what it would change; then the question is shown.
    ///
    /// # Errors
    /// Why it is no catalogue.
    pub async fn look_at_catalog(&self, file: File) -> Result<(), Failure> {
        // Its size is asked before it is read.
        if file.size() > FILE_LIMIT as f64 {
            let size = text::group_digits((FILE_LIMIT / 1024) as u128);
            return Err(unfit(t!("catalogue-too-large", size = size)));
        }
        let name = file.name();
        let text = browser::text_of_file(&file).await.ok_or_else(|| unfit(t!("catalogue-unread")))?;
        let preview = shell::call(PreviewCatalog { text: text.clone() }).await?;
        self.act(Action::Open(Layer::ImportCatalog(Rc::new(CatalogFile { name, text, preview }))));
        Ok(())
    }

    /// Puts a file's catalogue in force.
    ///
    /// # Errors
    /// What the shell answered.
    pub async fn import_catalog(&self, file: &CatalogFile) -> Result<(), Failure> {
        let was = shell::call(ViewCatalog {}).await.ok();
        let view = shell::call(ImportCatalog { text: file.text.clone() }).await?;
        self.prices_changed(view, was);
        Ok(())
    }

    /// Puts the catalogue that came with the program in force again.
    ///
    /// # Errors
    /// What the shell answered.
    pub async fn restore_catalog(&self) -> Result<(), Failure> {
        let was = shell::call(ViewCatalog {}).await.ok();
        let view = shell::call(RestoreCatalog { version: None }).await?;
        self.prices_changed(view, was);
        Ok(())
    }

    /// Says so, and offers to take it back where it is known what was in force before and that was another one.
    fn prices_changed(&self, view: CatalogView, was: Option<CatalogView>) {
        let (title, detail) =
            (t!("catalogue-in-force", day = age::catalog_date(&view.as_of)), t!("catalogue-in-force-detail"));
        let toast = match was.filter(|was| was.version != view.version) {
            Some(was) => {
                let version = was.imported_at.map(|_| was.version);
                Toast::undoable(title, detail, vec![Step::Catalog(version)])
            }
            None => Toast::success(title, detail),
        };
        self.act(Action::Close);
        self.act(Action::Say(toast));
        self.prices_are(view);
    }

    /// Other prices are in force, wherever they are shown.
    pub fn prices_are(&self, view: CatalogView) {
        self.act(Action::Prices(Ok(view)));
        self.ask(ListModels {}, |work, catalog| work.act(Action::Catalogued(catalog)));
    }
}

fn unfit(message: String) -> Failure {
    Failure::new(FailureCode::Other, message, t!("catalogue-advice"))
}
